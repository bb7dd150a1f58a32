"""Where contents lie: one file each under a random name, outside of the web root, readable by the process alone.

A content is complete and on the disk before anybody hears its name, so a row without a content cannot come about by a
crash; a content without a row can, and is swept up.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO, Final

from django.conf import settings

from kaname.kernel.files.detection import detect
from kaname.kernel.files.types import Kept

_PART: Final = ".part"
_NAME_BYTES: Final = 20


class TooLarge(Exception):
    """The content is longer than allowed; nothing was kept."""

    def __init__(self, limit_bytes: int) -> None:
        self.limit_bytes = limit_bytes
        super().__init__(f"longer than {limit_bytes} bytes")


class EmptyContent(Exception):
    """There is nothing to keep."""


def root() -> Path:
    """Return the folder of all contents."""
    return Path(settings.MEDIA_ROOT)


def path_of(shelf_name: str) -> Path:
    """Return where a content lies."""
    return root() / shelf_name[:2] / shelf_name


def put(chunks: Iterable[bytes], *, limit_bytes: int) -> Kept:
    """Write a content to the disk, whole or not at all, and return what it is.

    Raises
    ------
    TooLarge
        As soon as more than `limit_bytes` have come.
    EmptyContent
        If no byte has come.
    """
    shelf_name = secrets.token_hex(_NAME_BYTES)
    place = path_of(shelf_name)
    _make_folder(place.parent)
    part = place.with_suffix(_PART)
    try:
        size, sha256 = _write(part, chunks, limit_bytes=limit_bytes)
        kept = Kept(shelf_name=shelf_name, size=size, sha256=sha256, media_type=detect(part))
        part.rename(place)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    _sync_folder(place.parent)
    return kept


def _make_folder(folder: Path) -> None:
    root().mkdir(mode=0o700, parents=True, exist_ok=True)
    if not folder.is_dir():
        folder.mkdir(mode=0o700, exist_ok=True)
        _sync_folder(root())


def _write(part: Path, chunks: Iterable[bytes], *, limit_bytes: int) -> tuple[int, str]:
    digest = hashlib.sha256()
    size = 0
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as stream:
        for chunk in chunks:
            size += len(chunk)
            if size > limit_bytes:
                raise TooLarge(limit_bytes)
            digest.update(chunk)
            stream.write(chunk)
        if not size:
            raise EmptyContent
        stream.flush()
        os.fsync(stream.fileno())
    return size, digest.hexdigest()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def take(shelf_name: str) -> BinaryIO:
    """Open a content for reading."""
    return path_of(shelf_name).open("rb")


def throw_away(shelf_name: str) -> None:
    """Remove a content; one that is gone already is fine."""
    path_of(shelf_name).unlink(missing_ok=True)


def lying_since(moment: datetime) -> Iterator[Path]:
    """Yield what lies on the shelf untouched since before a moment, half-written parts too."""
    for place in sorted(root().glob("??/*")):
        if datetime.fromtimestamp(place.stat().st_mtime, tz=UTC) < moment:
            yield place
