"""What an administrator does to jobs, who may not, and how pages see them."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kaname.kernel import clock
from kaname.kernel.accounts.models import User
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.jobs import operations, queries
from kaname.kernel.jobs.jobs import prune_finished
from kaname.kernel.jobs.leases import claim, keep, take_away_expired, take_away_of
from kaname.kernel.jobs.models import Run, Timer, Worker
from kaname.kernel.jobs.pulse import Pulse
from kaname.kernel.jobs.queue import enqueue_on_commit
from kaname.kernel.jobs.timers import fire_due, timed_jobs, wind_up
from kaname.kernel.jobs.types import JobState
from kaname.kernel.jobs.worker import drain
from kaname.kernel.journal.models import Entry
from kaname.kernel.rules.types import Missing, Refused
from tests.kernel.jobs.sample import jobs

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


def account(role: CompanyRole) -> User:
    made = User.objects.create(email=f"{role}@example.jp", name=role.label)
    made.role_grants.create(role=role)
    return made


@pytest.fixture
def administrator() -> User:
    return account(CompanyRole.ADMINISTRATOR)


@pytest.fixture
def parked() -> UUID:
    number = enqueue_on_commit(jobs.hopeless, job="lost")
    drain()
    return UUID(number)


def test_hopeless_job_is_parked_at_once_with_its_message(parked: UUID, administrator: User) -> None:
    (job,) = queries.parked_jobs(actor=administrator, now=NOW)
    assert (job.id, job.state, job.attempts, job.error) == (parked, JobState.PARKED, 1, "lost cannot be done.")


def test_retried_job_waits_with_all_its_attempts(parked: UUID, administrator: User) -> None:
    operations.retry_parked(actor=administrator, job_id=parked, now=NOW)

    (job,) = queries.waiting_jobs(actor=administrator, now=NOW)
    assert (job.id, job.state, job.attempts, job.error) == (parked, JobState.WAITING, 0, "")
    entry = Entry.objects.get(name="jobs.retried")
    assert (entry.actor_id, entry.at, entry.payload["job"]) == (administrator.pk, NOW, str(parked))


def test_dropped_job_is_over(parked: UUID, administrator: User) -> None:
    operations.drop_parked(actor=administrator, job_id=parked, now=NOW)

    assert queries.parked_jobs(actor=administrator, now=NOW) == []
    job = queries.fetch_job(actor=administrator, job_id=parked, now=NOW).job
    assert job.state == JobState.DROPPED
    assert Entry.objects.filter(name="jobs.dropped", actor_id=administrator.pk).count() == 1


def test_job_that_was_dropped_cannot_be_retried(parked: UUID, administrator: User) -> None:
    operations.drop_parked(actor=administrator, job_id=parked, now=NOW)

    with pytest.raises(Refused, match="もう保留中ではありません"):
        operations.retry_parked(actor=administrator, job_id=parked, now=NOW)

    assert DBTaskResult.objects.get(pk=parked).status == TaskResultStatus.FAILED
    assert not Entry.objects.filter(name="jobs.retried").exists()


@pytest.mark.parametrize("verb", [operations.retry_parked, operations.drop_parked, operations.cancel])
def test_member_finds_no_job_and_changes_nothing(verb: object, parked: UUID) -> None:
    before = list(Run.objects.values())

    with pytest.raises(Missing):
        verb(actor=account(CompanyRole.MEMBER), job_id=parked, now=NOW)  # type: ignore[operator]

    assert list(Run.objects.values()) == before


@pytest.mark.parametrize("verb", [operations.retry_parked, operations.drop_parked, operations.cancel])
def test_pmo_administrator_sees_the_job_but_is_refused(verb: object, parked: UUID) -> None:
    reader = account(CompanyRole.PMO_ADMINISTRATOR)
    before = list(Run.objects.values())

    assert len(queries.parked_jobs(actor=reader, now=NOW)) == 1
    with pytest.raises(Refused):
        verb(actor=reader, job_id=parked, now=NOW)  # type: ignore[operator]

    assert list(Run.objects.values()) == before


def test_waiting_job_that_is_cancelled_never_starts(administrator: User) -> None:
    number = UUID(enqueue_on_commit(jobs.hopeless, job="never"))
    operations.cancel(actor=administrator, job_id=number, now=NOW)

    assert drain() == 0
    (job,) = queries.finished_jobs(actor=administrator, now=NOW)
    assert (job.state, job.finished_at) == (JobState.CANCELLED, NOW)
    with pytest.raises(Refused, match="このジョブは終了しています"):
        operations.cancel(actor=administrator, job_id=number, now=NOW)


def test_room_asks_a_job_that_is_over_to_stop_and_nothing_happens(parked: UUID) -> None:
    before = list(Run.objects.values())

    operations.ask_to_stop(job_id=parked, now=NOW)

    assert list(Run.objects.values()) == before


def test_progress_is_told_in_percent_with_the_time_left(administrator: User) -> None:
    enqueue_on_commit(jobs.steps, job="half", count=4, seconds=0)
    lease = claim(worker="w")
    assert lease is not None
    started_at = lease.result.started_at
    assert started_at is not None
    pulse = Pulse(lease)
    pulse.note(done=1, total=4, message=None)

    (job,) = queries.running_jobs(actor=administrator, now=started_at + timedelta(seconds=10))
    assert job.progress is not None
    assert (job.progress.done, job.progress.total, job.progress.percent) == (1, 4, 25)
    assert job.progress.left == timedelta(seconds=30)


def test_expired_lease_is_taken_away_and_cannot_be_kept(administrator: User) -> None:
    enqueue_on_commit(jobs.steps, job="silent", count=1, seconds=0)
    lease = claim(worker="w", seconds=-1)
    assert lease is not None

    assert take_away_expired() == 1
    assert take_away_expired() == 0
    assert not keep(lease)
    (job,) = queries.waiting_jobs(actor=administrator, now=NOW)
    assert job.state == JobState.RETRYING


def test_job_of_a_worker_that_is_seen_dead_is_taken_away_before_its_lease_ends(administrator: User) -> None:
    enqueue_on_commit(jobs.steps, job="of the dead", count=1, seconds=0)
    dead = claim(worker="host-7-dead0001")
    enqueue_on_commit(jobs.steps, job="of the living", count=1, seconds=0)
    living = claim(worker="host-8-live0001")
    assert dead is not None
    assert living is not None

    assert take_away_of("dead0001") == 1
    assert take_away_of("dead0001") == 0
    assert not keep(dead)
    assert keep(living)
    (job,) = queries.waiting_jobs(actor=administrator, now=NOW)
    assert (job.id, job.state) == (dead.result.pk, JobState.RETRYING)


def test_waiting_jobs_start_by_priority_then_age() -> None:
    low = DBTaskResult.objects.create(task_path="x", args_kwargs={}, backend_name="default", priority=-5)
    old = DBTaskResult.objects.create(task_path="x", args_kwargs={}, backend_name="default")
    new = DBTaskResult.objects.create(task_path="x", args_kwargs={}, backend_name="default")
    high = DBTaskResult.objects.create(task_path="x", args_kwargs={}, backend_name="default", priority=5)

    order = [lease.result.pk for lease in (claim(worker="w") for _ in range(4)) if lease]

    assert order == [high.pk, old.pk, new.pk, low.pk]


def test_job_whose_code_is_gone_is_parked_by_its_bare_name(administrator: User) -> None:
    DBTaskResult.objects.create(
        task_path="nowhere.gone", args_kwargs={"args": [], "kwargs": {}}, backend_name="default"
    )
    for _ in range(5):
        DBTaskResult.objects.update(run_after=clock.now() - timedelta(seconds=1))
        drain()

    (job,) = queries.parked_jobs(actor=administrator, now=NOW)
    assert (job.label, job.attempts) == ("gone", 5)
    assert job.error == "ModuleNotFoundError: No module named 'nowhere'"


def test_timer_moves_on_and_folds_what_was_missed() -> None:
    wind_up(now=NOW)
    assert set(Timer.objects.values_list("name", flat=True)) == set(timed_jobs())
    name = "kaname.kernel.jobs.jobs.prune_finished"
    Timer.objects.exclude(name=name).delete()
    due = Timer.objects.get(name=name).next_at
    assert due == datetime(2026, 4, 1, 18, 20, tzinfo=UTC)

    assert fire_due(now=due - timedelta(microseconds=1)) == []
    assert fire_due(now=due + timedelta(days=3)) == [name]
    assert fire_due(now=due + timedelta(days=3)) == []
    assert Timer.objects.get().next_at == due + timedelta(days=4)
    assert DBTaskResult.objects.filter(task_path=name).count() == 1


def test_timers_follow_what_is_registered() -> None:
    Timer.objects.create(name="gone.job", rhythm="", next_at=NOW)
    Timer.objects.create(name="kaname.kernel.jobs.jobs.prune_finished", rhythm="other", next_at=NOW)
    wind_up(now=NOW)

    assert not Timer.objects.filter(name="gone.job").exists()
    assert Timer.objects.get(name="kaname.kernel.jobs.jobs.prune_finished").next_at > NOW


def test_old_finished_jobs_are_cleared_and_parked_ones_stay(parked: UUID, administrator: User) -> None:
    old = clock.now() - timedelta(days=31)
    done = DBTaskResult.objects.create(
        task_path="x", args_kwargs={}, backend_name="default", status="SUCCESSFUL", finished_at=old
    )
    fresh = DBTaskResult.objects.create(
        task_path="x", args_kwargs={}, backend_name="default", status="SUCCESSFUL", finished_at=clock.now()
    )
    DBTaskResult.objects.filter(pk=parked).update(finished_at=old)

    assert prune_finished.call() == 1
    kept = set(DBTaskResult.objects.values_list("pk", flat=True))
    assert done.pk not in kept
    assert {fresh.pk, parked} <= kept


def test_worker_is_alive_while_it_was_seen_lately(administrator: User) -> None:
    for name, seconds in (("awake", 29), ("silent", 31)):
        seen = NOW - timedelta(seconds=seconds)
        Worker.objects.create(name=name, host="h", pid=1, started_at=seen, seen_at=seen)

    found = queries.worker_list(actor=administrator, now=NOW)
    assert {worker.name: worker.is_alive for worker in found} == {"awake": True, "silent": False}
