"""Measure a list of moves between projects, and compare each effect with a full re-schedule on a plain path.

    python benchmarks/transfer_effect.py [PROJECTS] [PEOPLE] [TASKS] [SEED]

By default 30 projects of 60 tasks with 200 people in all: layers of effort-driven tasks with links of three kinds and lags, one or
two people a task, five calendars, rates.  A project in the middle asks for help from its fortieth day on; everybody who works
elsewhere is proposed, once whole and once half.  Both projects of every move are recalculated.  Told are CPU seconds of the
list with whole and of that with half moves, without setting up the desk and with it.  Then every effect is worked out again by
changing both plans, preparing them from nothing, levelling with plain Python and taking the dates from the network alone:
finish, cost and overload of both projects must be equal.  The exit code is 1 if anything differs.
"""

import random
import sys
import time
from dataclasses import replace

from benchmarks.plan_leveling_speed import ORIGIN, staffed_plan
from kaname.engine.leveling.plans import level_plan, warm_up
from kaname.engine.matching.transfer import Effect, Move, Project, TransferDesk
from kaname.engine.matching.transfer.changing import Office, released_at, with_help, without
from kaname.engine.matching.transfer.scheduling import plain_standing_of
from kaname.engine.network import warm_up as warm_up_network

DAY = 1440


def company(projects: int, people: int, tasks: int, *, seed: int = 1) -> list[Project]:
    """Return levelled projects; each has its own people, numbered through."""
    dice = random.Random(seed)
    found, first = [], 1
    for uid in range(1, projects + 1):
        team = people // projects + (uid <= people % projects)
        plan = staffed_plan(tasks, team, seed=100 * seed + uid)
        shift = first - 1
        plan = replace(
            plan,
            tasks=tuple(replace(task, is_effort_driven=dice.random() < 0.8) for task in plan.tasks),
            resources=tuple(
                replace(each, uid=each.uid + shift, rate_per_hour=100 * dice.randint(40, 90)) for each in plan.resources
            ),
            assignments=tuple(
                replace(each, resource_uid=(each.resource_uid or 0) + shift) for each in plan.assignments
            ),
        )
        priority = dice.choice([50, 100, 100, 200])
        found.append(Project(uid=uid, name=f"project {uid}", leveling=level_plan(plan), priority=priority))
        first += team
    return found


def moves_to(projects: list[Project], to_uid: int, *, share: int) -> list[Move]:
    """Return the moves of everybody who works elsewhere; each may help with half of the tasks."""
    dice = random.Random(to_uid)
    target = next(project for project in projects if project.uid == to_uid)
    uids = [task.uid for task in target.leveling.plan.tasks]
    skills = [frozenset(dice.sample(uids, len(uids) // 2)) for _ in range(5)]
    return [
        Move(
            person_uid=each.uid,
            from_uid=project.uid,
            to_uid=to_uid,
            from_at=ORIGIN + 40 * DAY,
            share_permille=share,
            may_help=dice.choice(skills),
        )
        for project in projects
        if project.uid != to_uid
        for each in project.leveling.plan.resources
    ]


def differs(offices: dict[int, Office], effect: Effect) -> bool:
    """Return whether a full re-schedule of both projects gives anything else."""
    move = effect.move
    giving, taking = offices[move.from_uid], offices[move.to_uid]
    at = released_at(giving, move)
    left = plain_standing_of(giving, without(giving, move, at=at))
    joined = plain_standing_of(taking, with_help(taking, move, giving=giving, at=at))
    return (left, joined) != (effect.left.after, effect.joined.after)


def main() -> int:
    """Print the figures."""
    numbers = [int(word) for word in sys.argv[1:]]
    count, people, tasks, seed = [*numbers, *(30, 200, 60, 1)[len(numbers) :]]
    warm_up_network()
    warm_up()
    projects = company(count, people, tasks, seed=seed)
    begin = time.process_time()
    desk = TransferDesk(projects)
    setting_up = time.process_time() - begin
    rankings = []
    for share in (1000, 500):
        moves = moves_to(projects, (count + 1) // 2, share=share)
        begin = time.process_time()
        ranking = desk.rank(moves)
        taken = time.process_time() - begin
        rankings.append(ranking)
        print(
            f"share {share}: {len(moves)} moves, {len(ranking.effects)} effects, {len(ranking.refused)} refused: "
            f"{taken:.2f} s of CPU, {taken + setting_up:.2f} s with setting up"
        )
        if ranking.effects:
            print(f"  best: {ranking.effects[0].reason}, net {ranking.effects[0].net / DAY:.1f} days")
    offices = {project.uid: Office(project) for project in projects}
    effects = [effect for ranking in rankings for effect in ranking.effects]
    differences = sum(differs(offices, effect) for effect in effects)
    late = sum(effect.left.delay_minutes > 0 for effect in effects)
    early = sum(effect.joined.delay_minutes < 0 for effect in effects)
    print(
        f"{len(effects)} effects, {late} delay the one, {early} hasten the other; {differences} differ from a re-schedule"
    )
    return int(differences > 0)


if __name__ == "__main__":
    sys.exit(main())
