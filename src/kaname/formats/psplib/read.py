"""Read scheduling problems from the texts in which research exchanges them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from kaname.engine.leveling.problem import MOST_ACTIVITIES, Activity, Demand, Link, Problem, Resource
from kaname.engine.text import Message, gettext_noop
from kaname.formats.psplib.words import ADVICE, Words, text_of
from kaname.formats.types import FileRefused

MOST_RESOURCES: Final = 500
_HEAD: Final = 4096
_SM: Final = re.compile(rb"^\s*\*{8}|^\s*file with basedata", re.IGNORECASE)
_NUMBERS: Final = re.compile(rb"\s*\d+([ \t]+\d+)*[ \t]*\r?\n[\s\d:.+-]*")
_COUNTS: Final = {
    "jobs": re.compile(r"jobs.*:\s*(\d{1,9})\s*$", re.IGNORECASE),
    "renewable": re.compile(r"-\s*renewable\s*:\s*(\d{1,9})", re.IGNORECASE),
    "nonrenewable": re.compile(r"-\s*nonrenewable\s*:\s*(\d{1,9})", re.IGNORECASE),
    "doubly": re.compile(r"-\s*doubly constrained\s*:\s*(\d{1,9})", re.IGNORECASE),
}

_NOT_ONE: Final = gettext_noop("This is no PSPLIB, Patterson or MPLIB text.")
_MISSING: Final = gettext_noop("The part “%(part)s” is missing.")
_MODES: Final = gettext_noop(
    "Activity %(uid)s can be done in %(count)s ways; only problems with one way per activity can be levelled."
)
_NOT_RENEWABLE: Final = gettext_noop(
    "The problem has resources that are used up; only those that come back can be levelled."
)
_ORDER: Final = gettext_noop("Activity %(uid)s is expected here, not %(found)s.")
_MORE: Final = gettext_noop("More stands in the file than the problem that its head announces.")


def is_psplib(data: bytes) -> bool:
    r"""Return whether a file looks like one of these texts: PSPLIB's stars, or nothing but numbers.

    Examples
    --------
    >>> is_psplib(b"3 1\n4\n0 0 1 2\n"), is_psplib(b"name,start\n1,2\n")
    (True, False)
    """
    head = data[:_HEAD]
    return bool(_SM.match(head)) or (_NUMBERS.fullmatch(head + b"\n") is not None)


def read_psplib(data: bytes, *, file: str) -> Problem:
    r"""Read a PSPLIB (`.sm`), Patterson (`.rcp`) or MPLIB text.

    Activities are numbered from 1 on as in the text, in an MPLIB text through all projects; dummy activities of length 0
    are kept.  Cost: one pass over at most 16 MB.

    Raises
    ------
    FileRefused
        If it is none of them, is incomplete, or asks for what cannot be levelled; tells the line.

    Examples
    --------
    >>> problem = read_psplib(b"3 1\n4\n0 0 1 2\n5 2 1 3\n0 0 0\n", file="small.rcp")
    >>> [activity.duration for activity in problem.activities], len(problem.links), problem.resources[0].capacity
    ([0, 5, 0], 2, 4)
    """
    text = text_of(data, file=file)
    if _SM.match(data[:_HEAD]):
        return _read_sm(text.splitlines(), file)
    lines = text.splitlines()
    first = next((line for line in lines if line.strip()), "")
    if not all(map(str.isdecimal, first.split())) or not first:
        raise FileRefused(Message(_NOT_ONE), file=file, place="line 1", advice=Message(ADVICE))
    return _read_patterson(lines, file) if len(first.split()) > 1 else _read_mplib(lines, file)


@dataclass(slots=True)
class _Draft:
    """A problem while it is read."""

    name: str
    resources: list[Resource] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    def add(self, *, duration: int, demands: Sequence[int], release: int = 0, project: int = 0) -> None:
        """Add the next activity."""
        taken = tuple(Demand(resource=place, units=units) for place, units in enumerate(demands) if units)
        uid = len(self.activities) + 1
        self.activities.append(Activity(uid=uid, duration=duration, demands=taken, release=release, project=project))

    def problem(self) -> Problem:
        """Return the problem."""
        return Problem(
            name=self.name,
            activities=tuple(self.activities),
            links=tuple(self.links),
            resources=tuple(self.resources),
        )


def _resources(words: Words, count: int) -> list[Resource]:
    return [Resource(name=f"R{place}", capacity=words.number()) for place in range(1, count + 1)]


def _end(words: Words) -> None:
    if not words.is_at_end():
        raise words.refusal(Message(_MORE))


def _read_patterson(lines: Sequence[str], file: str) -> Problem:
    words = Words(lines, file=file)
    count = words.number(least=1, most=MOST_ACTIVITIES)
    kinds = words.number(most=MOST_RESOURCES)
    draft = _Draft(file, resources=_resources(words, kinds))
    for uid in range(1, count + 1):
        duration = words.number()
        draft.add(duration=duration, demands=[words.number() for _ in range(kinds)])
        followers = [words.number(least=1, most=count) for _ in range(words.number(most=count))]
        draft.links += [Link(before_uid=uid, after_uid=after) for after in followers]
    _end(words)
    return draft.problem()


def _read_mplib(lines: Sequence[str], file: str) -> Problem:
    """Read a portfolio: projects, resources, capacities; of each project its size, release, flags, and its activities."""
    words = Words(lines, file=file)
    projects = words.number(least=1, most=MOST_ACTIVITIES)
    kinds = words.number(most=MOST_RESOURCES)
    draft = _Draft(file, resources=_resources(words, kinds))
    sizes: list[int] = []
    held: list[tuple[int, tuple[int, int], int]] = []
    for project in range(1, projects + 1):
        sizes.append(words.number(least=1, most=MOST_ACTIVITIES - len(draft.activities)))
        release = words.number()
        flags = [words.number(most=1) for _ in range(kinds)]
        for _ in range(sizes[-1]):
            duration = words.number()
            demands = [words.number() * flag for flag in flags]
            draft.add(duration=duration, demands=demands, release=release, project=project)
            followers = words.number(most=MOST_ACTIVITIES)
            uid = len(draft.activities)
            held += [(uid, words.pair(most=MOST_ACTIVITIES), words.line) for _ in range(followers)]
    _end(words)
    begins = [0, *accumulate(sizes)]
    for before, (project, row), line in held:
        words.line = line
        words.checked(project, least=1, most=projects)
        words.checked(row, least=1, most=sizes[project - 1])
        draft.links.append(Link(before_uid=before, after_uid=begins[project - 1] + row))
    return draft.problem()


def _read_sm(lines: Sequence[str], file: str) -> Problem:
    counts = {name: _count(lines, pattern) for name, pattern in _COUNTS.items()}
    jobs, kinds = counts["jobs"] or 0, counts["renewable"] or 0
    if counts["nonrenewable"] or counts["doubly"]:
        raise FileRefused(Message(_NOT_RENEWABLE), file=file)
    words = _words_after(lines, "PRECEDENCE RELATIONS", 1, file)
    words.checked(jobs, least=1, most=MOST_ACTIVITIES)
    words.checked(kinds, least=0, most=MOST_RESOURCES)
    draft = _Draft(file)
    for uid in range(1, jobs + 1):
        _expect(words, uid)
        modes = words.number()
        if modes != 1:
            raise words.refusal(Message(_MODES, {"uid": uid, "count": modes}))
        followers = [words.number(least=1, most=jobs) for _ in range(words.number(most=jobs))]
        draft.links += [Link(before_uid=uid, after_uid=after) for after in followers]
    words = _words_after(lines, "REQUESTS/DURATIONS", 2, file)
    for uid in range(1, jobs + 1):
        _expect(words, uid)
        words.number(least=1, most=1)
        duration = words.number()
        draft.add(duration=duration, demands=[words.number() for _ in range(kinds)])
    draft.resources = _resources(_words_after(lines, "RESOURCEAVAILABILITIES", 1, file), kinds)
    return draft.problem()


def _expect(words: Words, uid: int) -> None:
    found = words.number()
    if found != uid:
        raise words.refusal(Message(_ORDER, {"uid": uid, "found": found}))


def _count(lines: Sequence[str], pattern: re.Pattern[str]) -> int | None:
    matches = (pattern.search(line) for line in lines[:200])
    return next((int(match[1]) for match in matches if match), None)


def _words_after(lines: Sequence[str], title: str, skipped: int, file: str) -> Words:
    """Return the words behind a title and the lines of headings below it."""
    begin = _part(lines, title, file) + 1 + skipped
    return Words(lines[begin:], file=file, first_line=begin + 1)


def _part(lines: Sequence[str], title: str, file: str) -> int:
    for number, line in enumerate(lines):
        if line.strip().upper().startswith(title.upper()):
            return number
    raise FileRefused(Message(_MISSING, {"part": title}), file=file, place=f"line {len(lines)}", advice=Message(ADVICE))
