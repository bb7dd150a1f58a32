"""What every engine must do, with real worker processes on SQLite, and on PostgreSQL by address."""

import signal
import time
from itertools import pairwise

from kaname.kernel.jobs.models import Timer, Worker
from kaname.kernel.journal.models import Entry
from tests.kernel.jobs.installation import ALIAS, Installation
from tests.kernel.jobs.sample import jobs

DONE, PARKED = "SUCCESSFUL", "FAILED"


def test_worker_at_rest_notices_a_commit_within_half_a_second(installation: Installation) -> None:
    installation.start_worker()
    installation.wait_until_done(installation.enqueue(jobs.note, job="warm"))
    time.sleep(1.5)
    job = installation.enqueue(jobs.note, job="quick")

    took = installation.wait_until_done(job)

    assert installation.job(job).return_value == "quick"
    assert installation.effects("quick") == [(0, 1)]
    assert took < 0.5


def test_job_that_fails_is_tried_again_after_its_back_off(installation: Installation) -> None:
    job = installation.enqueue(jobs.fail_until, job="third", good_attempt=3)
    installation.start_worker()

    took = installation.wait_until_done(job)

    result = installation.job(job)
    assert (result.status, result.run.attempts, result.run.error) == (DONE, 3, "")
    assert installation.effects("third") == [(3, 3)]
    assert took > 0.2 + 0.4


def test_job_that_always_fails_is_parked_with_its_reason_in_the_journal(installation: Installation) -> None:
    job = installation.enqueue(jobs.always_fail, job="poison")
    installation.start_worker()

    installation.wait_until_done(job)

    result = installation.job(job)
    assert (result.status, result.run.attempts) == (PARKED, 3)
    assert result.run.parked_at is not None
    assert result.run.error.endswith("ValueError: poison fails\n")
    entry = Entry.objects.using(ALIAS).get(name="jobs.parked")
    assert entry.payload == {
        "job": str(job),
        "task": "tests.kernel.jobs.sample.jobs.always_fail",
        "error": "ValueError: poison fails",
    }


def test_job_whose_worker_is_killed_is_run_again_by_the_next(installation: Installation) -> None:
    job = installation.enqueue(jobs.steps, job="long", count=8, seconds=0.15)
    first = installation.start_worker()
    installation.wait_for(lambda: len(installation.effects("long")) >= 3)
    first.kill()
    first.wait()
    installation.start_worker()

    took = installation.wait_until_done(job)

    steps = installation.effects("long")
    assert [step for step, _ in steps] == list(range(8))
    assert (steps[0], steps[-1]) == ((0, 1), (7, 2))
    assert installation.job(job).run.attempts == 2
    assert took < 10


def test_jobs_of_workers_that_are_gone_for_certain_are_run_again_before_their_leases_end(
    installation: Installation,
) -> None:
    left = {1: "a1b2c3d4", 2: "e5f6a7b8"}
    kept = [installation.enqueue(jobs.steps, job=f"long {number}", count=8, seconds=0.2) for number in left]
    for number, life in left.items():
        worker = installation.start_kept_worker(life=life, lease=3600)
        installation.wait_for(lambda job=f"long {number}": installation.effects(job))
        worker.kill()
        worker.wait()
    installation.start_kept_worker(life="c3d4a1b2", before=",".join(left.values()), lease=3600)

    for job in kept:
        installation.wait_until_done(job)

    assert [installation.job(job).run.attempts for job in kept] == [2, 2]
    for number in left:
        steps = installation.effects(f"long {number}")
        assert ([step for step, _ in steps], steps[-1]) == (list(range(8)), (7, 2))


def test_one_transaction_job_that_is_killed_leaves_nothing_half_done(installation: Installation) -> None:
    job = installation.enqueue(jobs.note_once, job="whole", seconds=1.0)
    first = installation.start_worker()
    installation.wait_for(lambda: installation.job(job).status == "RUNNING")
    time.sleep(0.4)
    first.kill()
    first.wait()
    half = installation.effects("whole")
    installation.start_worker()
    installation.wait_until_done(job)

    assert half == []
    assert installation.effects("whole") == [(0, 2), (1, 2)]


def test_worker_that_was_asleep_cannot_commit_after_its_job_was_taken(installation: Installation) -> None:
    job = installation.enqueue(jobs.sleep_then_note, job="zombie", seconds=1.5)
    zombie = installation.start_worker(lease=1.0)
    installation.wait_for(lambda: installation.job(job).status == "RUNNING")
    time.sleep(0.3)
    zombie.send_signal(signal.SIGSTOP)
    installation.start_worker(lease=1.0)
    installation.wait_until_done(job)
    zombie.send_signal(signal.SIGCONT)
    time.sleep(3.0)

    result = installation.job(job)
    assert installation.effects("zombie") == [(0, 2)]
    assert (result.status, result.run.attempts, result.run.token) == (DONE, 2, 3)
    assert zombie.poll() is None
    assert b"given to another worker" in (installation.home / "worker-0.log").read_bytes()


def test_job_longer_than_its_lease_stays_with_its_living_worker(installation: Installation) -> None:
    job = installation.enqueue(jobs.sleep_then_note, job="patient", seconds=3.0)
    installation.start_worker(lease=1.0)
    installation.start_worker(lease=1.0)

    installation.wait_until_done(job)

    assert installation.effects("patient") == [(0, 1)]


def test_timer_with_two_workers_fires_once_for_each_due_time(installation: Installation) -> None:
    installation.start_worker()
    installation.start_worker()
    installation.wait_for(lambda: Worker.objects.using(ALIAS).count() == 2)
    installation.wait_for(lambda: len(installation.effects("tick")) >= 4)

    fired = Timer.objects.using(ALIAS).get(name="tests.kernel.jobs.sample.jobs.tick")
    ticks = installation.results.filter(task_path=fired.name).order_by("enqueued_at")
    moments = [tick.enqueued_at for tick in ticks]
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    assert min(gaps) >= 0.9


def test_timer_that_was_missed_fires_once(installation: Installation) -> None:
    first = installation.start_worker()
    installation.wait_for(lambda: installation.effects("tick"))
    first.terminate()
    assert first.wait(10) == 0
    before = len(installation.effects("tick"))
    time.sleep(3.5)
    installation.start_worker()
    installation.wait_for(lambda: len(installation.effects("tick")) > before)
    time.sleep(0.5)

    assert len(installation.effects("tick")) == before + 1


def test_worker_told_to_go_finishes_the_job_at_hand_and_starts_no_other(installation: Installation) -> None:
    job = installation.enqueue(jobs.sleep_then_note, job="last", seconds=1.0)
    worker = installation.start_worker()
    installation.wait_for(lambda: installation.job(job).status == "RUNNING")
    waiting = installation.enqueue(jobs.note, job="next")
    worker.terminate()

    assert worker.wait(10) == 0
    assert installation.job(job).status == DONE
    assert installation.job(waiting).status == "READY"
    assert Worker.objects.using(ALIAS).count() == 0


def test_worker_told_twice_hands_its_job_back_at_once(installation: Installation) -> None:
    job = installation.enqueue(jobs.sleep_then_note, job="back", seconds=30.0)
    worker = installation.start_worker()
    installation.wait_for(lambda: installation.job(job).status == "RUNNING")
    worker.terminate()
    time.sleep(0.2)
    worker.terminate()

    assert worker.wait(10) == 128 + signal.SIGTERM
    result = installation.job(job)
    assert (result.status, result.run.attempts) == ("READY", 0)
    assert installation.effects("back") == []


def test_job_that_kills_its_workers_is_parked_after_its_attempts(installation: Installation) -> None:
    job = installation.enqueue(jobs.sleep_then_note, job="deadly", seconds=60.0)
    for round_number in range(1, 4):
        worker = installation.start_worker(lease=0.5)
        installation.wait_for(
            lambda expected=round_number: (
                installation.job(job).status == "RUNNING" and installation.job(job).run.attempts == expected
            )
        )
        worker.kill()
        worker.wait()
    installation.start_worker(lease=0.5)
    installation.wait_until_done(job)

    run = installation.job(job).run
    assert run.attempts == 3
    assert run.parked_at is not None
    assert run.error == f"{run.worker} fell silent"


def test_progress_of_a_running_job_can_be_read_from_outside(installation: Installation) -> None:
    job = installation.enqueue(jobs.steps, job="seen", count=20, seconds=0.1)
    installation.start_worker()
    installation.wait_for(
        lambda: 0 < installation.job(job).run.done < 20 if installation.job(job).worker_ids else False
    )

    run = installation.job(job).run
    assert run.total == 20
    assert (run.message, run.message_params) == ("Step %(step)s", {"step": run.done})


def test_write_outside_of_a_transaction_is_refused(installation: Installation) -> None:
    job = installation.enqueue(jobs.write_outside_of_transaction, job="unfenced")
    installation.start_worker()
    installation.wait_until_done(job)

    result = installation.job(job)
    assert result.status == PARKED
    assert "inside of transaction.atomic() only" in result.run.error
    assert installation.effects("unfenced") == []


def test_running_job_that_is_asked_to_stop_ends_as_cancelled(installation: Installation) -> None:
    from django.db.models.functions import Now

    from kaname.kernel.jobs.models import Run

    job = installation.enqueue(jobs.until_cancelled, job="endless")
    installation.start_worker(lease=1.0)
    installation.wait_for(lambda: installation.job(job).status == "RUNNING")
    Run.objects.using(ALIAS).filter(result_id=job).update(cancel_requested_at=Now())
    installation.wait_until_done(job, seconds=5)

    assert installation.job(job).run.cancelled_at is not None


def test_worker_on_a_database_that_is_not_migrated_says_so(installation: Installation) -> None:
    Timer.objects.using(ALIAS).all().delete()
    from django.db import connections

    with connections[ALIAS].cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'jobs'")
    done = installation.run("worker")

    assert done.returncode == 1
    assert done.stderr == "The database is not at this version. Run: kaname migrate\n"
