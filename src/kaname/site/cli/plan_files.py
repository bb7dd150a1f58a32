"""What the verbs on plan files share: their arguments, reading, and the answer to a file that cannot be read."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final

from kaname.engine.text import Message, Refusal, gettext_noop
from kaname.formats.detect import detect_kind
from kaname.formats.types import FileKind, FileRefused, ReadResult
from kaname.site.cli.sentences import chosen_language, render, render_place
from kaname.site.cli.words import LANGUAGES

DONE: Final = 0
REFUSED: Final = 1

_NOT_READABLE: Final = gettext_noop("The file cannot be opened: %(reason)s.")
_MISSING: Final = gettext_noop("There is no such file.")
_FOLDER: Final = gettext_noop("This is a folder, not a file.")
_FORBIDDEN: Final = gettext_noop("You may not read this file.")
_NOT_READABLE_ADVICE: Final = gettext_noop("Check the name and that you may read it.")
_NOT_COMPUTABLE_ADVICE: Final = gettext_noop("Correct the plan in the program that it comes from and export it again.")
EXIT_CODES: Final = "Exit codes: 0 done, 1 the file or its plan is refused (the reason is told), 2 wrong usage."


def add_file_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments that every verb on a plan file takes."""
    parser.add_argument("file", type=Path, metavar="FILE", help="Microsoft Project XML, Primavera XER, XLSX or CSV")
    parser.add_argument("--json", action="store_true", help="print JSON for programs")
    parser.add_argument("--language", choices=LANGUAGES, help="language of the sentences; by default the terminal's")
    parser.add_argument("--project", metavar="KEY", help="which project of a Primavera file; by default the largest")
    parser.epilog = EXIT_CODES


def read_plan(path: Path, *, project: str | None = None) -> ReadResult:
    """Read a plan file of any kind that Kaname knows; `project` names one of the projects of a Primavera file.

    Raises
    ------
    FileRefused
        If it cannot be opened or read.
    """
    data = file_bytes(path)
    kind = detect_kind(data, file=path.name)
    chosen = {"project": project} if kind is FileKind.XER else {}
    return _reader_of(kind)(data, file=path.name, **chosen)


def file_bytes(path: Path) -> bytes:
    """Return what a file holds.

    Raises
    ------
    FileRefused
        If it cannot be opened.
    """
    try:
        return path.read_bytes()
    except (OSError, ValueError) as error:
        raise FileRefused(_why_not(error), file=path.name, advice=Message(_NOT_READABLE_ADVICE)) from error


def _why_not(error: OSError | ValueError) -> Message:
    match error:
        case FileNotFoundError():
            return Message(_MISSING)
        case IsADirectoryError():
            return Message(_FOLDER)
        case PermissionError():
            return Message(_FORBIDDEN)
        case OSError(strerror=str() as reason):
            return Message(_NOT_READABLE, {"reason": reason})
        case _:
            return Message(_NOT_READABLE, {"reason": type(error).__name__})


def _reader_of(kind: FileKind) -> Callable[..., ReadResult]:
    """Return the reader of a kind; only the one that is needed is loaded, so that the verb starts quickly."""
    match kind:
        case FileKind.MSPDI:
            from kaname.formats.mspdi import read_mspdi as reader
        case FileKind.XER:
            from kaname.formats.xer import read_xer as reader
        case FileKind.XLSX:
            from kaname.formats.workbook.read import read_workbook as reader
        case FileKind.CSV:
            from kaname.formats.delimited.read import read_delimited as reader
    return reader


def refuse(options: argparse.Namespace, refusal: FileRefused | Refusal) -> int:
    """Print why a file or its plan is refused - in JSON as well where JSON was asked for - and return the exit code."""
    language = chosen_language(options.language)
    reasons = _reasons(refusal, options.file.name)
    for reason in reasons:
        parts = [str(reason["file"]), render_place(str(reason["place"]), language=language)]
        where = ", ".join(part for part in parts if part)
        sentences = [render(each, language=language) for each in _sentences(reason)]
        print(f"{where}: {' '.join(sentences)}", file=sys.stderr)
    if options.json:
        refused = [
            {
                "place": reason["place"],
                "message": _rendered(reason["message"], language),
                "advice": _rendered(reason["advice"], language),
            }
            for reason in reasons
        ]
        print_json({"file": reasons[0]["file"], "refused": refused})
    return REFUSED


def printed(show: Callable[[], None]) -> int:
    """Print an answer and return the exit code; a reader that went away, as `head` does, is no error."""
    try:
        show()
        sys.stdout.flush()
    except BrokenPipeError:
        # The interpreter flushes once more on its way out and must not stumble again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def print_json(answer: Mapping[str, object]) -> None:
    """Print an answer for programs."""
    print(json.dumps(answer, ensure_ascii=False))


def _reasons(refusal: FileRefused | Refusal, file: str) -> Sequence[Mapping[str, object]]:
    if isinstance(refusal, FileRefused):
        only = {"file": refusal.file, "place": refusal.place, "message": refusal.message, "advice": refusal.advice}
        return [only]
    advice = Message(_NOT_COMPUTABLE_ADVICE)
    return [{"file": file, "place": "", "message": message, "advice": advice} for message in refusal.messages]


def _sentences(reason: Mapping[str, object]) -> list[Message]:
    return [each for each in (reason["message"], reason["advice"]) if isinstance(each, Message)]


def _rendered(message: object, language: str) -> str | None:
    return render(message, language=language) if isinstance(message, Message) else None
