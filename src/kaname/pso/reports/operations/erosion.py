"""Float erosion: how much of the float that was agreed have the paths used up."""

from dataclasses import dataclass

from kaname.engine.network import Schedule
from kaname.engine.network.plan import Task, TaskKind
from kaname.engine.text import Message, gettext_noop
from kaname.ground.projects.types import Health
from kaname.pso.reports.bridge import Outlook
from kaname.pso.reports.operations.indicators import SHOWN_OFFENCES, is_finished, tenths, unknown
from kaname.pso.reports.types import Indicator, IndicatorCode, Limits, Offence


@dataclass(frozen=True, slots=True)
class _Used:
    """A task that had float when it was agreed: how much, and how far its finish has moved since; working minutes."""

    task: Task
    agreed: int
    moved: int

    @property
    def permille(self) -> int:
        return max(0, 1000 * self.moved // self.agreed)


def float_indicator(outlook: Outlook, limits: Limits) -> Indicator:
    """Compare how far unfinished tasks have moved behind their baseline with the total float that they had in it.

    A path that uses up its float becomes critical without any date of the project having moved yet; so this turns before
    the forecast does.  The float agreed is that of the plan with the baseline's durations (`bridge.as_agreed`).
    """
    if outlook.agreed is None:
        return unknown(IndicatorCode.FLOAT, gettext_noop("No baseline was taken, so no float was agreed."))
    used = _used(outlook, outlook.agreed)
    if not used:
        return unknown(IndicatorCode.FLOAT, gettext_noop("No unfinished task had float when the plan was agreed."))
    eroded = sorted(
        (item for item in used if item.permille > limits.float_used_permille),
        key=lambda item: (-item.permille, item.task.uid),
    )
    share = 1000 * len(eroded) // len(used)
    health = Health.WELL
    if share > limits.float_attention_permille:
        health = Health.ATTENTION
    if share > limits.float_danger_permille:
        health = Health.DANGER
    params = {"eroded": len(eroded), "floating": len(used), "limit": tenths(limits.float_used_permille)}
    return Indicator(
        code=IndicatorCode.FLOAT,
        health=health,
        sentence=Message(
            gettext_noop(
                "%(eroded)s of the %(floating)s unfinished tasks that had float have used more than %(limit)s%% of it."
            ),
            params,
        ),
        values={
            "float_used_permille": sum(min(item.permille, 1000) for item in used) // len(used),
            "eroded_permille": share,
            "eroded_tasks": len(eroded),
            "floating_tasks": len(used),
        },
        limits={
            "float_used_permille": limits.float_used_permille,
            "float_attention_permille": limits.float_attention_permille,
            "float_danger_permille": limits.float_danger_permille,
        },
        offences=tuple(_offence(item, outlook) for item in eroded[:SHOWN_OFFENCES]),
        offence_count=len(eroded),
    )


def _used(outlook: Outlook, agreed: Schedule) -> list[_Used]:
    found = []
    for task, then, now in zip(outlook.plan.tasks, agreed, outlook.forecast, strict=True):
        baseline = next((item for item in task.baselines if item.number == 0), None)
        is_work = task.kind is not TaskKind.SUMMARY and task.is_active and not task.is_external
        if baseline is None or baseline.finish_at is None or not is_work or is_finished(task):
            continue
        if then.total_float_minutes is not None and then.total_float_minutes > 0 and now.finish_at is not None:
            moved = outlook.working.between(baseline.finish_at, now.finish_at)
            found.append(_Used(task, then.total_float_minutes, moved))
    return found


def _offence(item: _Used, outlook: Outlook) -> Offence:
    days = {"moved": tenths(outlook.days(item.moved)), "agreed": tenths(outlook.days(item.agreed))}
    template = gettext_noop("moved %(moved)s working days, of %(agreed)s days of float")
    return Offence(item.task.uid, item.task.name, Message(template, days))
