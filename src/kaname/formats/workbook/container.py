"""The gate in front of zip containers: what is too large, too dense or forged is refused before anything is unpacked."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Final

from kaname.engine.text import Message, gettext_noop
from kaname.formats.types import FileRefused

MOST_BYTES: Final = 64 * 1024 * 1024
MOST_ENTRIES: Final = 2_000
MOST_UNPACKED: Final = 200 * 1024 * 1024
MOST_RATIO: Final = 100
LARGEST_DIRECTORY: Final = 1024 * 1024
_RATIO_FROM: Final = 1024 * 1024
"""Below this size a dense part is harmless and common: a sheet of thousands of equal styled cells."""
_CHUNK: Final = 256 * 1024

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END: Final = b"PK\x05\x06"
_END_SIZE: Final = 22
_LONGEST_COMMENT: Final = 65_535

TOO_LARGE: Final = gettext_noop("The file has %(megabytes)s MB; at most %(limit)s MB are read.")
TOO_LARGE_ADVICE: Final = gettext_noop("Remove pictures and sheets that are not part of the plan, or split the plan.")
PROTECTED: Final = gettext_noop("The file is protected by a password or is in the old .xls format.")
PROTECTED_ADVICE: Final = gettext_noop("Remove the password, save it as an Excel workbook (.xlsx) and try again.")
NO_CONTAINER: Final = gettext_noop("The file is not an Excel workbook, or it is damaged.")
DAMAGED: Final = gettext_noop("The file is damaged.")
REPAIR_ADVICE: Final = gettext_noop("Open it in Excel, save it as an Excel workbook (.xlsx) and try again.")
TOO_MANY_ENTRIES: Final = gettext_noop("The file contains more than %(limit)s parts.")
TOO_DENSE: Final = gettext_noop("The file unpacks to more than it may: %(megabytes)s MB, %(ratio)s times its size.")
SUSPICIOUS: Final = gettext_noop("The file is built in a way that no spreadsheet program writes it.")
SUSPICIOUS_ADVICE: Final = gettext_noop(
    "If you trust its sender, open it in Excel and save it again; otherwise delete it."
)


class Container:
    """A zip container that passed the gate."""

    def __init__(self, data: bytes, *, file: str) -> None:
        self.file = file
        self._zip = _open(data, file)
        self.names = frozenset(self._zip.namelist())

    def stream(self, part: str, *, limit: int = MOST_UNPACKED) -> Iterator[bytes]:
        """Yield a part in pieces.

        Raises
        ------
        FileRefused
            If the part is damaged, or larger than `limit` whatever its entry claims.
        """
        total = 0
        try:
            with self._zip.open(part) as stream:
                while piece := stream.read(_CHUNK):
                    total += len(piece)
                    if total > limit:
                        raise _dense(self.file, part, total, len(piece))
                    yield piece
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            struct.error,
        ) as error:
            raise refused(DAMAGED, REPAIR_ADVICE, file=self.file, place=part) from error


def refused(template: str, advice: str, *, file: str, place: str = "", **params: str | int) -> FileRefused:
    """Return the refusal of a file with its advice."""
    return FileRefused(Message(template, params), file=file, place=place, advice=Message(advice))


def _open(data: bytes, file: str) -> zipfile.ZipFile:
    if len(data) > MOST_BYTES:
        raise refused(
            TOO_LARGE, TOO_LARGE_ADVICE, file=file, megabytes=len(data) // 1024**2 + 1, limit=MOST_BYTES // 1024**2
        )
    if data.startswith(_OLE):
        raise refused(PROTECTED, PROTECTED_ADVICE, file=file)
    if not data.startswith(_ZIP):
        raise refused(NO_CONTAINER, REPAIR_ADVICE, file=file)
    _check_directory(data, file)
    try:
        opened = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, struct.error, EOFError, OSError, NotImplementedError) as error:
        raise refused(DAMAGED, REPAIR_ADVICE, file=file) from error
    _check_entries(opened.infolist(), len(data), file)
    return opened


def _check_directory(data: bytes, file: str) -> None:
    """Judge the directory by its own claims before it is read: a directory alone can be a bomb."""
    at = data.rfind(_END, max(0, len(data) - _END_SIZE - _LONGEST_COMMENT))
    if at < 0 or at + _END_SIZE > len(data):
        raise refused(DAMAGED, REPAIR_ADVICE, file=file)
    entries, size = struct.unpack_from("<HI", data, at + 10)
    if entries > MOST_ENTRIES:
        raise refused(TOO_MANY_ENTRIES, SUSPICIOUS_ADVICE, file=file, limit=MOST_ENTRIES)
    if size > LARGEST_DIRECTORY:
        raise refused(SUSPICIOUS, SUSPICIOUS_ADVICE, file=file)


def _check_entries(entries: list[zipfile.ZipInfo], size: int, file: str) -> None:
    if len(entries) > MOST_ENTRIES:
        raise refused(TOO_MANY_ENTRIES, SUSPICIOUS_ADVICE, file=file, limit=MOST_ENTRIES)
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > MOST_UNPACKED or (unpacked > _RATIO_FROM and unpacked > MOST_RATIO * size):
        raise _dense(file, "", unpacked, size)
    end = 0
    for entry in sorted(entries, key=lambda each: each.header_offset):
        if entry.file_size > _RATIO_FROM and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
            raise _dense(file, _shown(entry), entry.file_size, entry.compress_size)
        if entry.flag_bits & 1:
            raise refused(PROTECTED, PROTECTED_ADVICE, file=file, place=_shown(entry))
        if entry.header_offset < end or _is_forged(entry):
            raise refused(SUSPICIOUS, SUSPICIOUS_ADVICE, file=file, place=_shown(entry))
        end = entry.header_offset + entry.compress_size


def _is_forged(entry: zipfile.ZipInfo) -> bool:
    """Tell whether an entry leads out of the container, is a link, or is packed as no spreadsheet program packs."""
    name = entry.orig_filename
    leads_out = name.startswith(("/", "\\")) or ":" in name or ".." in name.replace("\\", "/").split("/")
    is_link = (entry.external_attr >> 16) & 0o170000 == 0o120000
    return leads_out or is_link or entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}


def _dense(file: str, place: str, unpacked: int, packed: int) -> FileRefused:
    return refused(
        TOO_DENSE,
        SUSPICIOUS_ADVICE,
        file=file,
        place=place,
        megabytes=unpacked // 1024**2 + 1,
        ratio=unpacked // max(packed, 1),
    )


def _shown(entry: zipfile.ZipInfo) -> str:
    return entry.filename[:100]
