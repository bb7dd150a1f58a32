"""Queueing stands and falls with the transaction."""

import pytest
from django.db import transaction
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from kaname.kernel.jobs.queue import enqueue_on_commit, enqueue_once_on_commit
from kaname.kernel.jobs.worker import drain
from kaname.kernel.journal.jobs import deliver
from tests.kernel.jobs.sample import jobs

pytestmark = pytest.mark.django_db


def test_job_of_a_rolled_back_transaction_is_not_queued() -> None:
    with transaction.atomic():
        enqueue_on_commit(jobs.note, job="never")
        enqueue_once_on_commit(deliver)
        transaction.set_rollback(True)

    assert DBTaskResult.objects.count() == 0


def test_job_is_queued_with_its_arguments_and_its_number_given_back() -> None:
    number = enqueue_on_commit(jobs.note, job="soon")

    queued = DBTaskResult.objects.get()
    assert str(queued.pk) == number
    assert (queued.task_path, queued.args_kwargs) == (jobs.note.module_path, {"args": [], "kwargs": {"job": "soon"}})


@pytest.mark.django_db(transaction=True)
def test_job_is_seen_by_nobody_before_the_commit() -> None:
    with transaction.atomic():
        enqueue_on_commit(jobs.note, job="later")
        assert DBTaskResult.objects.count() == 1
        with transaction.atomic():
            enqueue_on_commit(jobs.note, job="undone")
            transaction.set_rollback(True)

    assert [row.args_kwargs["kwargs"]["job"] for row in DBTaskResult.objects.all()] == ["later"]


def test_equal_waiting_job_is_not_queued_twice() -> None:
    enqueue_once_on_commit(jobs.note, job="same")
    enqueue_once_on_commit(jobs.note, job="same")
    enqueue_once_on_commit(jobs.note, job="other")

    assert sorted(row.args_kwargs["kwargs"]["job"] for row in DBTaskResult.objects.all()) == ["other", "same"]


@pytest.mark.django_db(transaction=True)
def test_equal_job_that_has_started_does_not_stand_for_a_new_one() -> None:
    enqueue_once_on_commit(jobs.note, job="same")
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    with transaction.atomic():
        enqueue_once_on_commit(jobs.note, job="same")

    assert DBTaskResult.objects.count() == 2


def test_second_wish_of_one_transaction_costs_no_query(django_assert_num_queries: object) -> None:
    with transaction.atomic():
        enqueue_once_on_commit(jobs.note, job="same")
        with django_assert_num_queries(0):  # type: ignore[operator]
            enqueue_once_on_commit(jobs.note, job="same")


def test_wish_of_an_undone_savepoint_is_wished_again() -> None:
    with transaction.atomic():
        with transaction.atomic():
            enqueue_once_on_commit(jobs.note, job="same")
            transaction.set_rollback(True)
        enqueue_once_on_commit(jobs.note, job="same")

    assert DBTaskResult.objects.count() == 1


def test_wish_after_the_jobs_were_run_in_the_same_transaction_queues_again() -> None:
    enqueue_once_on_commit(deliver)
    assert drain() == 1
    enqueue_once_on_commit(deliver)

    assert drain() == 1
