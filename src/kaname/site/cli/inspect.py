"""`kaname inspect FILE`: say what a plan file is and what of it would be mapped, changed or lost.

With `--json` the answer is an object: `file`, `kind`, `encoding`, `plan` (name, dates and counts), `counts` of the three
outcomes and `entries`, each with `outcome`, `subject`, `place`, `label`, `count` and `message`.  Every object of the file
stands in exactly one entry.
"""

import argparse
from collections.abc import Mapping
from typing import Final

from kaname.engine.network.plan import Plan
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import wall_moment
from kaname.formats.types import FileKind, FileRefused, LossEntry, Outcome, ReadResult
from kaname.site.cli.plan_files import add_file_arguments, print_json, printed, read_plan, refuse
from kaname.site.cli.sentences import chosen_language, render, render_place

_KINDS: Final = {
    FileKind.MSPDI: gettext_noop("Microsoft Project XML"),
    FileKind.XER: gettext_noop("Primavera XER"),
    FileKind.XLSX: gettext_noop("Excel workbook"),
    FileKind.CSV: gettext_noop("table as text (CSV)"),
}
_WHAT: Final = gettext_noop("%(file)s: %(kind)s (%(encoding)s), plan “%(name)s”")
_HOLDS: Final = gettext_noop(
    "%(tasks)s tasks, %(links)s links, %(resources)s resources, %(assignments)s assignments, %(calendars)s calendars"
)
_MORE: Final = gettext_noop("… and %(count)s more of this kind")
SHOWN_ALIKE: Final = 3
_OUTCOMES: Final = {
    Outcome.MAPPED: gettext_noop("Mapped: %(count)s objects"),
    Outcome.CHANGED: gettext_noop("Changed: %(count)s objects"),
    Outcome.LOST: gettext_noop("Lost: %(count)s objects"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the verb."""
    add_file_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Print what a file is and its account; return 0, or 1 where it is refused."""
    try:
        result = read_plan(options.file, project=options.project)
    except FileRefused as refusal:
        return refuse(options, refusal)
    language = chosen_language(options.language)
    if options.json:
        return printed(lambda: print_json(_answer(options.file.name, result, language)))
    return printed(lambda: _print_account(options.file.name, result, language))


def _answer(file: str, result: ReadResult, language: str) -> dict[str, object]:
    return {
        "file": file,
        "kind": result.kind.value,
        "encoding": result.encoding,
        "plan": {
            "name": result.plan.name,
            "source_product": result.plan.source_product,
            "start": _moment(result.plan.start_at),
            "finish": _moment(result.plan.finish_at),
            "status": _moment(result.plan.status_at),
            **_sizes(result.plan),
        },
        "counts": {outcome.value: count for outcome, count in result.loss.counts().items()},
        "entries": [_entry(entry, language) for entry in result.loss.entries],
    }


def _entry(entry: LossEntry, language: str) -> dict[str, object]:
    return {
        "outcome": entry.outcome.value,
        "subject": entry.subject,
        "place": entry.place,
        "label": entry.label,
        "count": entry.count,
        "message": None if entry.message is None else render(entry.message, language=language),
    }


def _print_account(file: str, result: ReadResult, language: str) -> None:
    kind = render(Message(_KINDS[result.kind]), language=language)
    names = {"file": file, "kind": kind, "encoding": result.encoding or "-", "name": result.plan.name}
    print(render(Message(_WHAT, names), language=language))
    print(render(Message(_HOLDS, _sizes(result.plan)), language=language))
    counts = result.loss.counts()
    for outcome in Outcome:
        print()
        print(render(Message(_OUTCOMES[outcome], {"count": counts[outcome]}), language=language))
        for alike in _alike(result, outcome):
            for entry in alike[:SHOWN_ALIKE]:
                print(f"  {_line(entry, language)}")
            if more := sum(entry.count for entry in alike[SHOWN_ALIKE:]):
                print(f"  {render(Message(_MORE, {'count': more}), language=language)}")


def _alike(result: ReadResult, outcome: Outcome) -> list[list[LossEntry]]:
    """Return the entries of an outcome that say something, those of one kind and reason together."""
    groups: dict[tuple[str, str], list[LossEntry]] = {}
    for entry in result.loss.entries:
        if entry.outcome is outcome and entry.message is not None:
            groups.setdefault((entry.subject, entry.message.template), []).append(entry)
    # What is inside a lost object is lost with it and needs no line of its own.
    return [group for (subject, reason), group in groups.items() if (subject.rpartition("/")[0], reason) not in groups]


def _line(entry: LossEntry, language: str) -> str:
    times = f" × {entry.count}" if entry.count > 1 else ""
    place = render_place(entry.place, language=language)
    where = ", ".join(part for part in (place, entry.label) if part)
    sentence = render(entry.message, language=language) if entry.message is not None else ""
    return f"{entry.subject}{times} ({where}): {sentence}" if where else f"{entry.subject}{times}: {sentence}"


def _sizes(plan: Plan) -> Mapping[str, int]:
    return {
        "tasks": len(plan.tasks),
        "links": len(plan.links),
        "resources": len(plan.resources),
        "assignments": len(plan.assignments),
        "calendars": len(plan.calendars),
    }


def _moment(minute: int | None) -> str | None:
    return None if minute is None else wall_moment(minute).isoformat()
