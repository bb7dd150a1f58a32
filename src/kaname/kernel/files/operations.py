"""Keeping and discarding files."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from kaname.kernel.files import shelf
from kaname.kernel.files.events import FileDiscarded, FileStored
from kaname.kernel.files.models import StoredFile
from kaname.kernel.files.naming import clean_name
from kaname.kernel.files.owners import require_writing
from kaname.kernel.files.queries import fetch_file
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.rules.types import Actor

LARGEST_BYTES: Final = 50 * 1024 * 1024
MOST_FILES: Final = 200


class TooManyFiles(Exception):
    """The record has as many files as it may have."""


def store(
    *,
    actor: Actor,
    subject: Subject,
    project_id: int | None,
    original_name: str,
    chunks: Iterable[bytes],
    now: datetime,
    limit_bytes: int = LARGEST_BYTES,
) -> StoredFile:
    """Keep a content as a file of a record; begins a transaction.

    Parameters
    ----------
    chunks
        The content in pieces (`UploadedFile.chunks()`); read once, never held as a whole.
    limit_bytes
        The longest content taken.

    Raises
    ------
    Missing, Refused
        If the record may not be seen, or not be given files (permission: the owner's `can_write`).
    shelf.TooLarge, shelf.EmptyContent, TooManyFiles
        If it is too long, empty, or one more than `MOST_FILES`; nothing is kept.

    Notes
    -----
    Publishes `FileStored`.  The content is on the disk before the row is written; what a crash or a rollback leaves
    behind is swept up.
    """
    require_writing(actor, subject, _("Your roles do not let you add files here."))
    if StoredFile.objects.filter(subject_type=subject.type, subject_id=subject.id).count() >= MOST_FILES:
        raise TooManyFiles
    kept = shelf.put(chunks, limit_bytes=limit_bytes)
    with transaction.atomic():
        file = StoredFile.objects.create(
            shelf_name=kept.shelf_name,
            original_name=clean_name(original_name),
            media_type=kept.media_type.value,
            size=kept.size,
            sha256=kept.sha256,
            subject_type=subject.type,
            subject_id=subject.id,
            project_id=project_id,
            stored_by_id=actor.actor_id,
            stored_at=now,
        )
        publish(
            FileStored(
                subject=subject,
                project_id=project_id,
                file_id=file.pk,
                original_name=file.original_name,
                sha256=file.sha256,
                size=file.size,
            ),
            actor=actor,
            now=now,
        )
    return file


def discard(*, actor: Actor, file_id: int, now: datetime) -> None:
    """Delete a file; begins a transaction.

    Raises
    ------
    Missing, Refused
        If the file may not be seen, or not be deleted (permission: the owner's `can_write`).

    Notes
    -----
    Publishes `FileDiscarded`.  The content goes when the transaction has come through.
    """
    with transaction.atomic():
        file = fetch_file(actor=actor, file_id=file_id)
        subject = Subject(file.subject_type, file.subject_id)
        require_writing(actor, subject, _("Your roles do not let you delete this file."))
        event = FileDiscarded(
            subject=subject,
            project_id=file.project_id,
            file_id=file.pk,
            original_name=file.original_name,
            sha256=file.sha256,
        )
        shelf_name = file.shelf_name
        file.delete()
        publish(event, actor=actor, now=now)
        transaction.on_commit(partial(shelf.throw_away, shelf_name))
