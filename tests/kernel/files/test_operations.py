import hashlib
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from kaname.kernel.accounts.models import User
from kaname.kernel.files import shelf
from kaname.kernel.files.models import StoredFile
from kaname.kernel.files.operations import MOST_FILES, TooManyFiles, discard, store
from kaname.kernel.files.queries import fetch_file, find_files
from kaname.kernel.journal.models import Entry
from kaname.kernel.journal.types import Subject
from kaname.kernel.rules.types import Missing, Refused
from tests.kernel.files.access import Access

NOW = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)
SUBJECT = Subject("tests.folder", 7)


def stored(actor: User, content: bytes = b"WBS,task\n", name: str = "計画.csv") -> StoredFile:
    return store(actor=actor, subject=SUBJECT, project_id=3, original_name=name, chunks=[content], now=NOW)


def lying(root: Path) -> list[str]:
    return sorted(place.name for place in root.glob("*/*"))


def test_store_keeps_content_row_and_fact(writer: User, shelf_root: Path) -> None:
    file = store(
        actor=writer,
        subject=SUBJECT,
        project_id=3,
        original_name="計画.csv",
        chunks=iter([b"WBS,", b"task\n"]),
        now=NOW,
    )
    assert shelf.path_of(file.shelf_name).read_bytes() == b"WBS,task\n"
    assert (file.original_name, file.media_type, file.size) == ("計画.csv", "text/plain", 9)
    assert file.sha256 == hashlib.sha256(b"WBS,task\n").hexdigest()
    assert (file.subject_type, file.subject_id, file.project_id, file.stored_by_id) == ("tests.folder", 7, 3, writer.pk)
    entry = Entry.objects.get()
    assert (entry.name, entry.project_id, entry.subject_id) == ("files.stored", 3, 7)
    assert entry.payload == {"file_id": file.pk, "original_name": "計画.csv", "sha256": file.sha256, "size": 9}


def test_store_makes_files_that_only_the_process_reads(writer: User, shelf_root: Path) -> None:
    file = stored(writer)
    place = shelf.path_of(file.shelf_name)
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (shelf_root, place.parent, place)]
    assert modes == [0o700, 0o700, 0o600]


def test_store_of_too_much_keeps_nothing_and_stops_reading(writer: User, shelf_root: Path) -> None:
    read = []

    def endless() -> Iterator[bytes]:
        while True:
            read.append(1)
            yield b"x" * 10

    with pytest.raises(shelf.TooLarge) as caught:
        store(actor=writer, subject=SUBJECT, project_id=3, original_name="x", chunks=endless(), now=NOW, limit_bytes=25)
    assert (caught.value.limit_bytes, len(read)) == (25, 3)
    assert (lying(shelf_root), StoredFile.objects.count(), Entry.objects.count()) == ([], 0, 0)


def test_store_of_exactly_the_limit_is_kept(writer: User) -> None:
    file = store(
        actor=writer, subject=SUBJECT, project_id=3, original_name="x", chunks=[b"x" * 25], now=NOW, limit_bytes=25
    )
    assert file.size == 25


def test_store_of_nothing_is_refused(writer: User, shelf_root: Path) -> None:
    with pytest.raises(shelf.EmptyContent):
        stored(writer, b"")
    assert (lying(shelf_root), StoredFile.objects.count()) == ([], 0)


def test_store_beyond_the_number_of_files_is_refused(writer: User, shelf_root: Path) -> None:
    StoredFile.objects.bulk_create(
        StoredFile(shelf_name=f"{n}", size=1, subject_type="tests.folder", subject_id=7, stored_at=NOW)
        for n in range(MOST_FILES)
    )
    with pytest.raises(TooManyFiles):
        stored(writer)
    assert (lying(shelf_root), StoredFile.objects.count()) == ([], MOST_FILES)


def test_store_by_a_reader_is_refused_and_changes_nothing(reader: User, shelf_root: Path) -> None:
    with pytest.raises(Refused):
        stored(reader)
    assert (lying(shelf_root), StoredFile.objects.count(), Entry.objects.count()) == ([], 0, 0)


def test_store_by_an_outsider_finds_nothing(outsider: User, shelf_root: Path) -> None:
    with pytest.raises(Missing):
        stored(outsider)
    assert (lying(shelf_root), StoredFile.objects.count(), Entry.objects.count()) == ([], 0, 0)


def test_discard_takes_row_and_content(
    writer: User, shelf_root: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    file = stored(writer)
    with django_capture_on_commit_callbacks(execute=True):
        discard(actor=writer, file_id=file.pk, now=NOW)
    assert (lying(shelf_root), StoredFile.objects.count()) == ([], 0)
    assert [entry.name for entry in Entry.objects.order_by("id")] == ["files.stored", "files.discarded"]


def test_discard_rolled_back_keeps_the_content(
    writer: User, shelf_root: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    file = stored(writer)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        discard(actor=writer, file_id=file.pk, now=NOW)
        transaction.set_rollback(True)
    assert fetch_file(actor=writer, file_id=file.pk) == file
    assert lying(shelf_root) == [file.shelf_name]


def test_discard_by_a_reader_is_refused_and_changes_nothing(writer: User, reader: User, shelf_root: Path) -> None:
    file = stored(writer)
    with pytest.raises(Refused):
        discard(actor=reader, file_id=file.pk, now=NOW)
    assert (lying(shelf_root), StoredFile.objects.count(), Entry.objects.count()) == ([file.shelf_name], 1, 1)


def test_fetch_by_an_outsider_and_of_an_unknown_owner_is_as_of_a_missing_file(writer: User, outsider: User) -> None:
    file = stored(writer)
    with pytest.raises(Missing):
        fetch_file(actor=outsider, file_id=file.pk)
    with pytest.raises(Missing):
        fetch_file(actor=outsider, file_id=file.pk + 1)
    StoredFile.objects.filter(pk=file.pk).update(subject_type="tests.unregistered")
    with pytest.raises(Missing):
        fetch_file(actor=writer, file_id=file.pk)


def test_uploader_who_lost_the_record_loses_the_file(writer: User, access: Access) -> None:
    file = stored(writer)
    assert fetch_file(actor=writer, file_id=file.pk) == file
    access.writers.clear()
    with pytest.raises(Missing):
        fetch_file(actor=writer, file_id=file.pk)


def test_files_of_a_record_are_listed_with_one_query(
    writer: User, reader: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = stored(writer, name="b.csv")
    with django_assert_num_queries(1):
        assert find_files(actor=reader, subject=SUBJECT) == [first]
    others = [stored(writer, name="a.csv"), stored(writer, name="c.csv")]
    with django_assert_num_queries(1):
        assert find_files(actor=reader, subject=SUBJECT) == [first, *others]
