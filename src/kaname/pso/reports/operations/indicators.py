"""The indicators of health (float erosion beside them): each takes the outlook and the limits and explains its colour."""

from collections.abc import Sequence
from typing import Final

from kaname.engine.earned_value import EarnedValueReport
from kaname.engine.network import ScheduledTask
from kaname.engine.network.plan import Plan, Task, TaskKind
from kaname.engine.quality import QualityReport, Verdict
from kaname.engine.text import Message, gettext_noop
from kaname.engine.units import wall_moment
from kaname.ground.projects.types import Health
from kaname.pso.reports.bridge import Outlook
from kaname.pso.reports.types import Indicator, IndicatorCode, Limits, Offence

SHOWN_OFFENCES: Final = 20


def day(minute: int) -> str:
    """Return the day of a wall minute in the form that both languages read."""
    return wall_moment(minute).date().isoformat()


def tenths(value: int) -> str:
    """Return tenths as a decimal number.

    Examples
    --------
    >>> tenths(-5), tenths(120)
    ('-0.5', '12')
    """
    whole, part = divmod(abs(value), 10)
    return f"{'-' if value < 0 else ''}{whole}{f'.{part}' if part else ''}"


def work_tasks(plan: Plan) -> Sequence[Task]:
    """Return the tasks on which work is done: active, own, no work packages."""
    return [
        task
        for task in plan.tasks
        if task.is_active and not task.is_external and task.kind not in {TaskKind.SUMMARY, TaskKind.HAMMOCK}
    ]


def is_finished(task: Task) -> bool:
    """Whether all of a task is done."""
    return task.progress.actual_finish_at is not None or task.progress.percent_permille >= 1000


def forecast_indicator(outlook: Outlook, baseline_finish_at: int | None, limits: Limits) -> Indicator:
    """Compare the finish that follows from now on with the baseline's, or with the plan's own without a baseline."""
    forecast = outlook.forecast.finish_at
    agreed = baseline_finish_at if baseline_finish_at is not None else outlook.planned.finish_at
    if forecast is None or agreed is None:
        return unknown(IndicatorCode.FORECAST, gettext_noop("The plan has no tasks yet, so nothing can be forecast."))
    delay = outlook.working.between(agreed, forecast)
    start = outlook.planned.start_at
    planned = outlook.working.between(start, agreed) if start is not None else 0
    share = 1000 * delay // planned if planned > 0 else 0
    days = outlook.days(delay)
    health = Health.WELL
    if days > 10 * limits.delay_attention_days and share > limits.delay_attention_permille:
        health = Health.ATTENTION
    if days > 10 * limits.delay_danger_days or share > limits.delay_danger_permille:
        health = Health.DANGER if days > 10 * limits.delay_attention_days else health
    params = {"forecast": day(forecast), "agreed": day(agreed), "days": tenths(abs(days))}
    if days > 0:
        sentence = Message(
            gettext_noop(
                "From today's progress it ends on %(forecast)s, %(days)s working days after the agreed %(agreed)s."
            ),
            params,
        )
    elif days < 0:
        sentence = Message(
            gettext_noop(
                "From today's progress it ends on %(forecast)s, %(days)s working days before the agreed %(agreed)s."
            ),
            params,
        )
    else:
        sentence = Message(gettext_noop("From today's progress it ends on %(forecast)s, as agreed."), params)
    return Indicator(
        code=IndicatorCode.FORECAST,
        health=health,
        sentence=sentence,
        values={"delay_days_tenths": days, "delay_permille": share},
        limits={
            "delay_attention_days": limits.delay_attention_days,
            "delay_attention_permille": limits.delay_attention_permille,
            "delay_danger_days": limits.delay_danger_days,
            "delay_danger_permille": limits.delay_danger_permille,
        },
        **_offences([_late(task, computed, outlook) for task, computed in _driving(outlook)] if delay > 0 else []),
    )


def buffer_indicator(
    outlook: Outlook,
    baseline_finish_at: int | None,
    required_finish_at: int | None,
    done_permille: int | None,
    limits: Limits,
) -> Indicator:
    """Compare the used share of the buffer before the required finish with the done share of the work.

    Leach (2000) calls this the fever chart.  Tasks with negative float are named whether or not there is a buffer.
    """
    negative = [
        Offence(
            task.uid,
            task.name,
            Message(
                gettext_noop("%(days)s working days too late for its deadline"),
                {"days": tenths(outlook.days(-computed.total_float_minutes))},
            ),
        )
        for task, computed in zip(outlook.plan.tasks, outlook.forecast, strict=True)
        if computed.total_float_minutes is not None
        and computed.total_float_minutes < 0
        and task.kind is not TaskKind.SUMMARY
        and not is_finished(task)
    ]
    forecast = outlook.forecast.finish_at
    if required_finish_at is None or baseline_finish_at is None or forecast is None:
        return _deadlines_only(negative)
    buffer = outlook.working.between(baseline_finish_at, required_finish_at)
    used = outlook.working.between(baseline_finish_at, forecast)
    if buffer <= 0:
        return _deadlines_only(negative)
    used_permille = max(0, 1000 * used // buffer)
    done = done_permille or 0
    health = Health.WELL
    if used_permille > done + limits.buffer_attention_permille or negative:
        health = Health.ATTENTION
    if used_permille > 1000 or used_permille > done + limits.buffer_danger_permille:
        health = Health.DANGER
    sentence = Message(
        gettext_noop("%(used)s%% of the buffer before %(required)s is used while %(done)s%% of the work is done."),
        {"used": tenths(used_permille), "done": tenths(done), "required": day(required_finish_at)},
    )
    return Indicator(
        code=IndicatorCode.BUFFER,
        health=health,
        sentence=sentence,
        values={
            "buffer_used_permille": used_permille,
            "done_permille": done,
            "ahead_permille": used_permille - done,
            "negative_tasks": len(negative),
        },
        limits={
            "buffer_attention_permille": limits.buffer_attention_permille,
            "buffer_danger_permille": limits.buffer_danger_permille,
        },
        **_offences(negative),
    )


def earned_indicator(report: EarnedValueReport | None, limits: Limits) -> Indicator:
    """Judge SPI(t) (Lipke 2003) and CPI once enough of the work was due."""
    if report is None or not report.total.budget:
        return unknown(IndicatorCode.EARNED, gettext_noop("No baseline was taken, so nothing can be earned."))
    planned_permille = 1000 * report.total.planned // report.total.budget
    spi_t = permille(report.forecast.indices.spi_t.value)
    cpi = permille(report.indices.cpi.value)
    values = {"spi_t_permille": spi_t, "cpi_permille": cpi, "planned_permille": planned_permille}
    kept = {
        "spi_t_attention_permille": limits.spi_t_attention_permille,
        "spi_t_danger_permille": limits.spi_t_danger_permille,
        "cpi_attention_permille": limits.cpi_attention_permille,
        "cpi_danger_permille": limits.cpi_danger_permille,
    }
    if planned_permille < limits.earned_from_permille or spi_t is None:
        sentence = Message(gettext_noop("Too little of the work was due so far to judge its pace."))
        return Indicator(code=IndicatorCode.EARNED, health=Health.WELL, sentence=sentence, values=values, limits=kept)
    grades = [_grade(spi_t, limits.spi_t_attention_permille, limits.spi_t_danger_permille)]
    params: dict[str, str | int] = {"spi": f"{spi_t / 1000:.2f}", "cpi": ""}
    template = gettext_noop("Work goes at %(spi)s of the planned pace (SPI(t)).")
    if cpi is not None:
        grades.append(_grade(cpi, limits.cpi_attention_permille, limits.cpi_danger_permille))
        params["cpi"] = f"{cpi / 1000:.2f}"
        template = gettext_noop(
            "Work goes at %(spi)s of the planned pace (SPI(t)) and yields %(cpi)s of its cost (CPI)."
        )
    return Indicator(
        code=IndicatorCode.EARNED, health=worst(grades), sentence=Message(template, params), values=values, limits=kept
    )


def quality_indicator(report: QualityReport, limits: Limits) -> Indicator:
    """Count the failed points of the clinic (DCMA 14)."""
    failed = [point for point in report.points if point.verdict is Verdict.FAIL]
    judged = [point for point in report.points if point.verdict is not Verdict.NOT_APPLICABLE]
    if not judged:
        return unknown(IndicatorCode.QUALITY, gettext_noop("There is nothing yet that the clinic could check."))
    found = [Offence(item.uid, item.name, item.why) for point in failed for item in point.offenders]
    unique = list({item.task_id: item for item in reversed(found)}.values())[::-1]
    return Indicator(
        code=IndicatorCode.QUALITY,
        health=Health.ATTENTION if len(failed) > limits.quality_attention_points else Health.WELL,
        sentence=Message(
            gettext_noop("%(failed)s of the %(judged)s applicable points of the schedule clinic (DCMA 14) fail."),
            {"failed": len(failed), "judged": len(judged)},
        ),
        values={"failed_points": len(failed), "judged_points": len(judged)},
        limits={"quality_attention_points": limits.quality_attention_points},
        **_offences(unique),
    )


def overdue_indicator(outlook: Outlook, limits: Limits) -> Indicator:
    """Count the tasks whose planned start or finish has passed without a report that it happened."""
    grace = limits.overdue_grace_days * outlook.plan.minutes_per_day
    due, late = 0, []
    for task, computed in zip(outlook.plan.tasks, _agreed_dates(outlook), strict=True):
        if task.kind in {TaskKind.SUMMARY, TaskKind.HAMMOCK} or not task.is_active or task.is_external:
            continue
        start, finish = computed
        if start is None or finish is None or outlook.working.between(start, outlook.status_at) <= grace:
            continue
        due += 1
        if is_finished(task):
            continue
        if outlook.working.between(finish, outlook.status_at) > grace:
            late.append(
                Offence(
                    task.uid, task.name, Message(gettext_noop("was to be finished on %(day)s"), {"day": day(finish)})
                )
            )
        elif task.progress.actual_start_at is None and task.progress.percent_permille == 0:
            late.append(
                Offence(task.uid, task.name, Message(gettext_noop("was to begin on %(day)s"), {"day": day(start)}))
            )
    share = 1000 * len(late) // due if due else 0
    health = Health.WELL
    if share > limits.overdue_attention_permille:
        health = Health.ATTENTION
    if share > limits.overdue_danger_permille:
        health = Health.DANGER
    return Indicator(
        code=IndicatorCode.OVERDUE,
        health=health,
        sentence=Message(
            gettext_noop("%(late)s of the %(due)s tasks that were due have no report that they began or ended."),
            {"late": len(late), "due": due},
        ),
        values={"overdue_permille": share, "overdue_tasks": len(late), "due_tasks": due},
        limits={
            "overdue_attention_permille": limits.overdue_attention_permille,
            "overdue_danger_permille": limits.overdue_danger_permille,
            "overdue_grace_days": limits.overdue_grace_days,
        },
        **_offences(late),
    )


def freshness_indicator(age_days: int | None, *, has_begun: bool, limits: Limits) -> Indicator:
    """Say how old the newest progress report is, in working days."""
    kept = {"fresh_attention_days": limits.fresh_attention_days, "stale_days": limits.stale_days}
    if age_days is None:
        if not has_begun:
            sentence = Message(gettext_noop("No work was due yet, so no report is missing."))
            return Indicator(code=IndicatorCode.FRESHNESS, health=Health.WELL, sentence=sentence, limits=kept)
        return unknown(IndicatorCode.FRESHNESS, gettext_noop("Work was due, but nobody has reported any progress yet."))
    health = Health.WELL
    if age_days > limits.fresh_attention_days:
        health = Health.ATTENTION
    if age_days > limits.stale_days:
        health = Health.UNKNOWN
    return Indicator(
        code=IndicatorCode.FRESHNESS,
        health=health,
        sentence=Message(gettext_noop("The newest progress report is %(days)s working days old."), {"days": age_days}),
        values={"age_days": age_days},
        limits=kept,
    )


def worst(grades: Sequence[Health]) -> Health:
    """Return the worst of some colours; unknown counts less than attention."""
    order = [Health.DANGER, Health.ATTENTION, Health.UNKNOWN, Health.WELL]
    return min(grades, key=order.index)


def permille(value: object) -> int | None:
    """Return an exact ratio as permille, rounded down; unknown stays unknown."""
    return None if value is None else int(value * 1000)  # type: ignore[operator]


def _grade(value: int, attention: int, danger: int) -> Health:
    if value < danger:
        return Health.DANGER
    return Health.ATTENTION if value < attention else Health.WELL


def unknown(code: IndicatorCode, template: str) -> Indicator:
    """Return an indicator that cannot say anything, with the reason."""
    return Indicator(code=code, health=Health.UNKNOWN, sentence=Message(template))


def _deadlines_only(negative: list[Offence]) -> Indicator:
    if negative:
        return Indicator(
            code=IndicatorCode.BUFFER,
            health=Health.DANGER,
            sentence=Message(gettext_noop("%(count)s tasks end after their deadline."), {"count": len(negative)}),
            values={"negative_tasks": len(negative)},
            **_offences(negative),
        )
    sentence = Message(gettext_noop("No task ends after its deadline; there is no agreed buffer to use up."))
    return Indicator(code=IndicatorCode.BUFFER, health=Health.WELL, sentence=sentence, values={"negative_tasks": 0})


def _agreed_dates(outlook: Outlook) -> list[tuple[int | None, int | None]]:
    agreed = []
    for task in outlook.plan.tasks:
        computed = outlook.planned.tasks[task.uid]
        baseline = next((item for item in task.baselines if item.number == 0), None)
        if baseline is not None and baseline.start_at is not None and baseline.finish_at is not None:
            agreed.append((baseline.start_at, baseline.finish_at))
        else:
            agreed.append((computed.start_at, computed.finish_at))
    return agreed


def _driving(outlook: Outlook) -> list[tuple[Task, ScheduledTask]]:
    """Return the unfinished critical tasks of the forecast, earliest first."""
    pairs = [
        (task, computed)
        for task, computed in zip(outlook.plan.tasks, outlook.forecast, strict=True)
        if computed.is_critical and not is_finished(task) and task.kind is not TaskKind.SUMMARY and task.is_active
    ]
    return sorted(pairs, key=lambda pair: (pair[1].start_at or 0, pair[0].uid))


def _late(task: Task, computed: ScheduledTask, outlook: Outlook) -> Offence:
    baseline = next((item for item in task.baselines if item.number == 0 and item.finish_at is not None), None)
    if baseline is None or baseline.finish_at is None or computed.finish_at is None:
        return Offence(task.uid, task.name, Message(gettext_noop("lies on the critical path")))
    days = outlook.days(outlook.working.between(baseline.finish_at, computed.finish_at))
    if days <= 0:
        return Offence(task.uid, task.name, Message(gettext_noop("lies on the critical path")))
    template = gettext_noop("lies on the critical path, %(days)s working days after its baseline")
    return Offence(task.uid, task.name, Message(template, {"days": tenths(days)}))


def _offences(found: Sequence[Offence]) -> dict[str, object]:
    return {"offences": tuple(found[:SHOWN_OFFENCES]), "offence_count": len(found)}
