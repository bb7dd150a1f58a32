from kaname.engine.text import Message
from kaname.formats.account import ENTRIES_PER_KIND, Account
from kaname.formats.types import LossEntry, Outcome

WHY = Message("Not kept.")
HOW = Message("Rounded.")


def reason(subject: str) -> Message | None:
    return WHY if subject == "lost" else None


def outcomes(account: Account) -> list[tuple[str, str, int]]:
    return [(entry.outcome.value, entry.subject, entry.count) for entry in account.report().entries]


def test_report_counts_each_object_once():
    account = Account(reason)
    for line in range(1, 4):
        account.see("kept", place=f"line {line}")
        account.see("lost", place=f"line {line}")
    account.change("kept", HOW, place="line 2", label="設計")
    assert account.report().entries == (
        LossEntry(outcome=Outcome.MAPPED, subject="kept", place="line 1", count=2),
        LossEntry(outcome=Outcome.CHANGED, subject="kept", place="line 2", label="設計", message=HOW),
        LossEntry(outcome=Outcome.LOST, subject="lost", place="line 1", count=3, message=WHY),
    )


def test_idle_objects_of_a_lost_kind_are_mapped_and_the_place_is_that_of_the_first_real_one():
    account = Account(reason)
    account.see("lost", place="line 1", is_idle=True)
    account.see("lost", place="line 2")
    entries = account.report().entries
    assert [(entry.outcome, entry.count) for entry in entries] == [(Outcome.MAPPED, 1), (Outcome.LOST, 1)]
    assert entries[1].place == "line 2"


def test_remark_on_what_was_never_seen_counts_nothing():
    account = Account(reason)
    account.change("kept", HOW)
    assert account.report().entries == ()


def test_many_remarks_of_one_kind_are_folded_without_losing_count():
    account = Account(reason)
    account.see_many("kept", place="line 1", count=ENTRIES_PER_KIND + 50)
    for line in range(ENTRIES_PER_KIND + 50):
        account.change("kept", HOW, place=f"line {line}")
    entries = account.report().entries
    assert len(entries) == ENTRIES_PER_KIND
    assert sum(entry.count for entry in entries) == ENTRIES_PER_KIND + 50


def test_alike_losses_share_one_entry():
    account = Account(reason)
    account.see_many("kept", place="line 1", count=5, idle=2)
    for idle in (True, True, False, False):
        account.lose_alike("kept", WHY, place="line 3", is_idle=idle)
    assert outcomes(account) == [("mapped", "kept", 1), ("lost", "kept", 4)]
