"""Problems of people and skills, drawn by chance: with an optimum that is known from how they are made, and larger ones.

`packed_case` fills people x time with activities from the finish backward, without a gap; skills, levels and links are then drawn
so that this schedule keeps them.  Its length is the optimum, since nobody has a minute to spare.  With `commons` further people
have common skills only, with time to spare, and the packed ones have some common skills as well: whoever gives a rare person a
common task loses.  The optimum is still the packed length, by the work that only the rare people can do.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from kaname.engine.leveling import Demand, Link, LinkKind, Resource
from kaname.engine.leveling.skills import Absence, Person, SkillActivity, SkillNeed, SkillProblem

LEVELS = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """An activity of the packed schedule: its team and when it goes on."""

    team: tuple[int, ...]
    start: int
    end: int


def packed_case(
    dice: random.Random, *, activities: int, people: int, skills: int = 4, versatility: float = 0.5, commons: int = 0
) -> tuple[SkillProblem, int]:
    """Return a problem of at most so many activities, at least nine tenths of them, and its optimal length.

    `versatility` is the chance that a person has a skill.
    """
    length = max(6, activities * 8 // people)
    pieces = _packed(dice, people, length)
    while not 0.9 * activities <= len(pieces) <= activities:
        length = max(4, length + (1 if len(pieces) < activities else -1))
        pieces = _packed(dice, people, length)
    crew = [_levels(dice, range(skills), versatility) for _ in range(people)]
    common = range(skills, skills + 2) if commons else range(0)
    crew = [{**levels, **_levels(dice, common, versatility, least=0)} for levels in crew]
    others = [_levels(dice, common, 0.7) for _ in range(commons)]
    made = []
    busy: list[list[tuple[int, int]]] = [[] for _ in others]
    for uid, piece in enumerate(pieces, start=1):
        roles = [
            _role(dice, {skill: level for skill, level in crew[each].items() if skill < skills}) for each in piece.team
        ]
        for at, levels in enumerate(others):
            is_free = all(end <= piece.start or piece.end <= start for start, end in busy[at])
            if is_free and dice.random() < 0.35:
                busy[at].append((piece.start, piece.end))
                roles.append(_role(dice, levels))
        made.append(SkillActivity(uid=uid, duration=piece.end - piece.start, needs=_needs(roles)))
    links = _links(dice, [(piece.start, piece.end) for piece in pieces], share=dice.choice((0.5, 1.0, 1.6)))
    order = list(range(len(crew) + len(others)))
    dice.shuffle(order)
    everybody = [*crew, *others]
    problem = SkillProblem(
        activities=tuple(dice.sample(made, len(made))),
        links=links,
        skills=tuple(f"S{skill}" for skill in range(skills + len(common))),
        people=tuple(
            Person(uid=at + 1, levels=tuple(sorted(everybody[each].items()))) for at, each in enumerate(order)
        ),
    )
    return problem, length


def free_case(
    dice: random.Random,
    *,
    activities: int,
    people: int,
    skills: int = 8,
    versatility: float = 0.3,
    teams: Sequence[int] = (1, 1, 2, 2, 3, 4),
    fancy: bool = False,
) -> SkillProblem:
    """Return a layered problem; with `fancy` also absences, all link kinds, rooms, wishes, names and releases."""
    crew = [_levels(dice, range(skills), versatility) for _ in range(people)]
    for skill in range(skills):
        for person in dice.sample(range(people), min(2, people)):
            crew[person][skill] = LEVELS
    made = []
    for uid in range(1, activities + 1):
        team = dice.sample(range(people), min(people, dice.choice(teams)))
        roles = [_role(dice, crew[each]) for each in team]
        more = _extras(dice, team, people) if fancy else {}
        made.append(SkillActivity(uid=uid, duration=dice.randint(1, 10), needs=_needs(roles), **more))
    links = []
    for uid in range(2, activities + 1):
        window = max(4, activities // 4)
        for before in {dice.randint(max(1, uid - window), uid - 1) for _ in range(dice.choice((0, 0, 1, 1, 2)))}:
            kind = dice.choice(list(LinkKind)) if fancy else LinkKind.FS
            links.append(Link(before_uid=before, after_uid=uid, kind=kind, lag=dice.randint(-2, 3) if fancy else 0))
    return SkillProblem(
        activities=tuple(made),
        links=tuple(links),
        resources=(Resource(name="rooms", capacity=2, changes=((6, 1), (9, 2))),) if fancy else (),
        skills=tuple(f"S{skill}" for skill in range(skills)),
        people=tuple(
            Person(
                uid=at + 1,
                levels=tuple(sorted(levels.items())),
                rate=dice.randint(1, 9),
                absences=_absences(dice) if fancy else (),
            )
            for at, levels in enumerate(crew)
        ),
    )


def _packed(dice: random.Random, people: int, length: int) -> list[Piece]:
    """Fill people x time from the finish backward."""
    left = [length] * people
    pieces = []
    while any(left):
        latest = max(left)
        level = [each for each in range(people) if left[each] == latest]
        team = tuple(dice.sample(level, min(len(level), dice.choice((1, 1, 2, 2, 3)))))
        others = [latest - each for each in left if 1 < latest - each <= 10]
        duration = dice.choice(others) if others and dice.random() < 0.6 else dice.randint(2, 9)
        if latest - duration < 2:
            duration = latest
        for each in team:
            left[each] -= duration
        pieces.append(Piece(team, latest - duration, latest))
    return pieces


def _levels(dice: random.Random, skills: Sequence[int], chance: float, *, least: int = 1) -> dict[int, int]:
    has = [skill for skill in skills if dice.random() < chance]
    while len(has) < min(least, len(skills)):
        has = [dice.choice(skills)]
    return {skill: dice.randint(1, LEVELS) for skill in has}


def _role(dice: random.Random, levels: dict[int, int]) -> tuple[int, int]:
    skill = dice.choice(sorted(levels))
    return skill, dice.randint(1, levels[skill])


def _needs(roles: Sequence[tuple[int, int]]) -> tuple[SkillNeed, ...]:
    return tuple(
        SkillNeed(skill=skill, level=level, people=roles.count((skill, level))) for skill, level in sorted(set(roles))
    )


def _links(dice: random.Random, times: Sequence[tuple[int, int]], *, share: float) -> tuple[Link, ...]:
    links = []
    for after, (start, _) in enumerate(times):
        before = sorted(
            (other for other, (_, end) in enumerate(times) if end <= start), key=lambda other: -times[other][1]
        )
        wanted = int(share) + (dice.random() < share % 1)
        near = before[: 2 * wanted + 1]
        links += [
            Link(before_uid=other + 1, after_uid=after + 1) for other in dice.sample(near, min(len(near), wanted))
        ]
    return tuple(links)


def _absences(dice: random.Random) -> tuple[Absence, ...]:
    if dice.random() < 0.5:
        return ()
    since = dice.randint(0, 8)
    return (Absence(since=since, until=since + dice.randint(1, 5)),)


def _extras(dice: random.Random, team: Sequence[int], people: int) -> dict[str, object]:
    others = [each + 1 for each in range(people) if each not in team]
    return {
        "release": dice.choice((0, 0, 0, 3)),
        "demands": (Demand(resource=0, units=1),) if dice.random() < 0.3 else (),
        "wished": tuple(dice.sample(range(1, people + 1), 1)) if dice.random() < 0.3 else (),
        "forbidden": tuple(dice.sample(others, 1)) if others and dice.random() < 0.2 else (),
    }
