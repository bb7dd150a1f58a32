"""The doors of the jail: read a file, survey a file."""

from collections.abc import Callable
from typing import Final

from kaname.engine.text import Message, gettext_noop
from kaname.formats.jail.limits import DEFAULT_LIMITS, Limits
from kaname.formats.jail.parent import run_in_jail
from kaname.formats.jail.requests import ReadRequest
from kaname.formats.types import FileRefused, ReadResult
from kaname.formats.wbs.options import ReadOptions
from kaname.formats.wbs.types import Survey, TableMapping

MOST_BYTES: Final = 64 * 1024 * 1024
_MODULE: Final = "kaname.formats.jail.requests"

FILE_TOO_LARGE: Final = gettext_noop("The file has %(megabytes)s MB; at most %(limit)s MB are read.")
FILE_TOO_LARGE_ADVICE: Final = gettext_noop(
    "Remove what is not part of the plan, or split the plan into several files."
)


def read_file(
    data: bytes,
    *,
    file: str,
    on_progress: Callable[[int], None] | None = None,
    sheet: str = "",
    mapping: TableMapping | None = None,
    options: ReadOptions | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> ReadResult:
    """Read a plan file of any kind that we know, in a child process.

    Parameters
    ----------
    file
        The file's name, for messages; its kind is found by its content.
    on_progress
        Takes the percentage that is done; 100 comes last.
    sheet, mapping, options
        For workbooks and delimited text: which sheet, which columns, which calendar and units.

    Raises
    ------
    FileRefused
        If the file cannot be read; says what is wrong, where, and what to do.
    """
    _check_size(data, file)
    request = ReadRequest(file=file, sheet=sheet, mapping=mapping, options=options)
    result = run_in_jail(
        f"{_MODULE}:read_any",
        data,
        request=request,
        wanted=ReadResult,
        file=file,
        limits=limits,
        on_progress=on_progress,
    )
    if on_progress is not None:
        on_progress(100)
    return result


def survey_file(data: bytes, *, file: str, limits: Limits = DEFAULT_LIMITS) -> Survey:
    """Say what the tables of a workbook or of delimited text seem to hold, in a child process.

    Raises
    ------
    FileRefused
        If the file is of no kind that we know, is damaged, or passes a limit.
    """
    _check_size(data, file)
    request = ReadRequest(file=file)
    return run_in_jail(f"{_MODULE}:survey_any", data, request=request, wanted=Survey, file=file, limits=limits)


def _check_size(data: bytes, file: str) -> None:
    if len(data) > MOST_BYTES:
        raise FileRefused(
            Message(FILE_TOO_LARGE, {"megabytes": len(data) // 1024**2 + 1, "limit": MOST_BYTES // 1024**2}),
            file=file,
            advice=Message(FILE_TOO_LARGE_ADVICE),
        )
