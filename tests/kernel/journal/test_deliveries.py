"""Entries reach reactions in order per project, at least once, folded, retried, parked."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from kaname.kernel.jobs.worker import drain
from kaname.kernel.journal import reactions
from kaname.kernel.journal.chain import verify
from kaname.kernel.journal.deliveries import MAX_ATTEMPTS, hand_out, is_any_due
from kaname.kernel.journal.jobs import deliver
from kaname.kernel.journal.models import Delivery, Entry
from kaname.kernel.journal.operations import publish, publish_all
from kaname.kernel.rules.system import SYSTEM
from tests.kernel.journal.conftest import NOW, Ear, counted

pytestmark = pytest.mark.django_db


def publish_counts(*counts: int, project_id: int | None = 1) -> None:
    with transaction.atomic():
        for count in counts:
            publish(counted(count, project_id=project_id), actor=SYSTEM, now=NOW)


def test_entries_are_heard_in_the_order_in_which_they_were_written(ear: Ear) -> None:
    publish_counts(1, 2, 3)

    assert hand_out(now=NOW) == 3
    assert ear.heard == [1, 2, 3]
    assert Delivery.objects.count() == 0
    assert hand_out(now=NOW) == 0


def test_transaction_of_many_events_queues_one_job_that_hands_all_of_them_out(ear: Ear) -> None:
    publish_counts(1, 2, 3)
    publish_counts(4)

    assert [result.task_path for result in DBTaskResult.objects.all()] == [deliver.module_path]
    assert drain() == 1
    assert ear.heard == [1, 2, 3, 4]
    assert DBTaskResult.objects.get().return_value == 4


def test_event_that_nobody_hears_queues_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reactions, "_REACTIONS", {})
    publish_counts(1)

    assert (Entry.objects.count(), Delivery.objects.count(), DBTaskResult.objects.count()) == (1, 0, 0)


def test_rolled_back_operation_leaves_neither_entry_nor_delivery_nor_job(ear: Ear) -> None:
    with transaction.atomic():
        publish(counted(1), actor=SYSTEM, now=NOW)
        transaction.set_rollback(True)

    assert (Entry.objects.count(), Delivery.objects.count(), DBTaskResult.objects.count()) == (0, 0, 0)


def test_failure_holds_its_project_back_and_no_other(ear: Ear) -> None:
    ear.failing = {1}
    publish_counts(1, 2, project_id=1)
    publish_counts(11, 12, project_id=2)
    publish_counts(21, project_id=None)

    hand_out(now=NOW)

    assert ear.heard == [11, 12, 21]
    held = Delivery.objects.order_by("id").values_list("attempts", "retry_at", "error")
    assert list(held) == [(1, NOW + timedelta(seconds=20), "ValueError: no 1"), (0, None, "")]


def test_failure_is_tried_again_after_its_time_and_the_order_is_kept(ear: Ear) -> None:
    ear.failing = {1}
    publish_counts(1, 2)
    hand_out(now=NOW)
    ear.failing = set()

    assert hand_out(now=NOW + timedelta(seconds=19)) == 0
    assert ear.heard == []
    assert hand_out(now=NOW + timedelta(seconds=20)) == 2
    assert ear.heard == [1, 2]


def test_failure_without_end_is_parked_and_the_project_goes_on(ear: Ear) -> None:
    ear.failing = {1}
    publish_counts(1, 2)
    moment = NOW
    for _ in range(MAX_ATTEMPTS):
        hand_out(now=moment)
        moment += timedelta(hours=1)
    hand_out(now=moment)

    assert ear.heard == [2]
    parked = Delivery.objects.get()
    assert (parked.attempts, parked.error, parked.parked_at is not None) == (5, "ValueError: no 1", True)
    assert not is_any_due(now=moment)


def test_reaction_whose_effect_fails_later_leaves_no_half_effect(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_counts(1)

    def write_and_fail(entry: Entry, now: object) -> None:
        publish(counted(99), actor=SYSTEM, now=NOW)
        raise ValueError("after the effect")

    name, reaction = next(iter(reactions.reactions().items()))
    monkeypatch.setattr(reactions, "_REACTIONS", {name: replace(reaction, run=write_and_fail)})
    hand_out(now=NOW)

    assert [entry.payload["count"] for entry in Entry.objects.order_by("id")] == [1]


def test_equal_pending_work_is_done_once_for_the_newest(folding_ear: Ear) -> None:
    publish_counts(1, 2, project_id=1)
    publish_counts(11, project_id=2)
    publish_counts(3, project_id=1)

    assert hand_out(now=NOW) == 2
    assert folding_ear.heard == [3, 11]
    assert Delivery.objects.count() == 0


def test_delivery_to_a_reaction_that_is_gone_is_kept_with_the_reason(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    publish_counts(1)
    monkeypatch.setattr(reactions, "_REACTIONS", {})
    hand_out(now=NOW)

    assert Delivery.objects.get().error.startswith("LookupError: no reaction is named 'test.hear'")


def test_pending_delivery_of_a_lost_job_is_found_by_the_sweep(ear: Ear) -> None:
    publish_counts(1)
    DBTaskResult.objects.all().delete()

    assert is_any_due(now=NOW)
    hand_out(now=NOW)
    assert not is_any_due(now=NOW)


def test_events_written_together_are_chained_and_heard_as_if_one_by_one(ear: Ear) -> None:
    with transaction.atomic():
        entries = publish_all([counted(count, project_id=1) for count in (1, 2, 3)], actor=SYSTEM, now=NOW)
        publish_all([], actor=SYSTEM, now=NOW)
    publish_counts(4)

    rows = list(Entry.objects.order_by("id"))
    assert [row.pk for row in rows[:3]] == [entry.pk for entry in entries]
    assert verify(rows).broken_id is None
    assert hand_out(now=NOW) == 4
    assert ear.heard == [1, 2, 3, 4]


def test_event_that_a_reaction_leaves_out_is_not_delivered(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    one = reactions.reactions()["test.hear"]
    choosy = replace(one, hears=lambda event: event.facts()["count"] > 1)
    monkeypatch.setattr(reactions, "_REACTIONS", {one.name: choosy})
    publish_counts(1, 2)

    assert hand_out(now=NOW) == 1
    assert ear.heard == [2]


def test_many_deliveries_are_looked_up_with_few_queries(ear: Ear, django_assert_num_queries) -> None:
    publish_counts(*range(10))

    with django_assert_num_queries(3 + 4 * 10):
        assert hand_out(now=NOW) == 10
    assert ear.heard == list(range(10))
