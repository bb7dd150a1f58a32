"""Jobs of the contract tests.  Each effect is a row `(job, step, attempt)` of `contract_effect`."""

import time

from django.db import connection, transaction
from django.tasks import task

from kaname.engine.text import Message
from kaname.kernel.jobs.policies import one_transaction, policy
from kaname.kernel.jobs.running import attempt, check_cancelled, report_progress
from kaname.kernel.jobs.timers import Every, timed
from kaname.kernel.jobs.types import NoRetry


def write_effect(job: str, step: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO contract_effect (job, step, attempt) VALUES (%s, %s, %s)", [job, step, attempt()])


@task()
@policy(label="note", back_off_seconds=0.2)
def note(job: str) -> str:
    with transaction.atomic():
        write_effect(job, 0)
    return job


@task()
@policy(label="note once", attempts=100)
@one_transaction
def note_once(job: str, seconds: float = 0.0) -> None:
    write_effect(job, 0)
    time.sleep(seconds)
    write_effect(job, 1)


@task()
@policy(label="sleep, then note", attempts=3, back_off_seconds=0.2)
def sleep_then_note(job: str, seconds: float) -> None:
    time.sleep(seconds)
    with transaction.atomic():
        write_effect(job, 0)


@task()
@policy(label="steps", attempts=100)
def steps(job: str, count: int, seconds: float) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM contract_effect WHERE job = %s", [job])
        done = cursor.fetchone()[0]
    for step in range(done, count):
        with transaction.atomic():
            write_effect(job, step)
        report_progress(done=step + 1, total=count, message=Message("Step %(step)s", {"step": step + 1}))
        time.sleep(seconds)
    return count


@task()
@policy(label="fail until", attempts=5, back_off_seconds=0.2)
def fail_until(job: str, good_attempt: int) -> None:
    with transaction.atomic():
        write_effect(job, attempt())
        if attempt() < good_attempt:
            raise ValueError(f"attempt {attempt()} of {job} fails")


@task()
@policy(label="always fail", attempts=3, back_off_seconds=0.1)
def always_fail(job: str) -> None:
    raise ValueError(f"{job} fails")


@task()
@policy(label="hopeless", attempts=3)
def hopeless(job: str) -> None:
    raise NoRetry(Message("%(job)s cannot be done.", {"job": job}))


@task()
@policy(label="unfenced", attempts=1)
def write_outside_of_transaction(job: str) -> None:
    write_effect(job, 0)


@task()
@policy(label="until cancelled", attempts=1)
def until_cancelled(job: str) -> None:
    while True:
        check_cancelled()
        time.sleep(0.05)


@timed(Every(seconds=1))
@task()
@policy(label="tick")
def tick() -> None:
    with transaction.atomic():
        write_effect("tick", 0)
