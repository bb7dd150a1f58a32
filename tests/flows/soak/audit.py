"""Judge a database after a soak: `python -m tests.flows.soak.audit`, what was acknowledged on stdin; prints findings."""

import json
import sys
from collections import Counter
from typing import Any

import django


def main() -> None:
    """Print figures and findings as JSON."""
    django.setup()
    told = json.load(sys.stdin)
    findings = [*_reports(told), *_imports(told), *_dates(), *_journal(), *_parked(), *_database()]
    sys.stdout.write(json.dumps({"findings": findings, "figures": _figures()}))


def _reports(told: dict[str, Any]) -> list[str]:
    from kaname.kernel.journal.models import Entry
    from kaname.pso.schedule.models import ProgressReport, Task

    kept = Counter(ProgressReport.objects.filter(comment__startswith="soak ").values_list("comment", flat=True))
    findings = [f"lost: report {comment}" for comment in told["comments"] if not kept[comment]]
    findings += [f"doubled: report {comment} is there {count} times" for comment, count in kept.items() if count > 1]
    unknown = set(kept) - set(told["comments"])
    findings += [f"a report is there that nobody was told of: {comment}" for comment in unknown]
    said = Entry.objects.filter(name="schedule.progress_reported").count()
    if said != sum(kept.values()):
        findings.append(f"the journal tells of {said} reports, {sum(kept.values())} are there")
    stands = dict(Task.objects.filter(pk__in=told["percents"]).values_list("pk", "percent_permille"))
    for task, percent in told["percents"].items():
        if stands.get(int(task)) != percent * 10:
            findings.append(f"task {task} stands at {stands.get(int(task))} permille, {percent} % was acknowledged")
    return findings


def _imports(told: dict[str, Any]) -> list[str]:
    from kaname.kernel.journal.models import Entry
    from kaname.pso.schedule.models import PlanImport

    rows = PlanImport.objects.filter(file_name__startswith="plan-").values_list("file_name", "state")
    counted = Counter(name for name, _state in rows)
    states = dict(rows)
    findings = [f"lost: upload {name}" for name in told["uploads"] if name not in states]
    findings += [f"doubled: upload {name} is there {count} times" for name, count in counted.items() if count > 1]
    findings += [
        f"{name} was shown as taken in and is {states.get(name)}"
        for name in told["taken_in"]
        if states.get(name) != "applied"
    ]
    said = Counter(
        payload["file_name"]
        for payload in Entry.objects.filter(name="schedule.plan_imported").values_list("payload", flat=True)
        if payload["file_name"].startswith("plan-")
    )
    findings += [f"doubled: {name} was taken in {count} times" for name, count in said.items() if count > 1]
    return findings


def _dates() -> list[str]:
    from kaname.engine.network import schedule
    from kaname.kernel import clock
    from kaname.pso.schedule.bridge import engine_plan, load
    from kaname.pso.schedule.models import Plan

    findings = []
    for plan in Plan.objects.select_related("project"):
        rows = load(plan)
        result = schedule(engine_plan(rows, today=clock.today()))
        differing = sum(
            (task.start_at, task.finish_at, task.total_float_minutes)
            != (computed.start_at, computed.finish_at, computed.total_float_minutes)
            for task, computed in zip(rows.tasks, result, strict=True)
        )
        if differing:
            findings.append(
                f"plan of {plan.project.code}: {differing} of {len(rows.tasks)} dates are not those calculated"
            )
    return findings


def _journal() -> list[str]:
    from kaname.kernel.journal.chain import verify
    from kaname.kernel.journal.models import Delivery, Entry

    verdict = verify(Entry.objects.order_by("id").iterator(chunk_size=2000))
    findings = [] if verdict.broken_id is None else [f"the journal is broken at {verdict.broken_id}: {verdict.reason}"]
    waiting = Delivery.objects.count()
    return [*findings, *([f"{waiting} deliveries of the journal were not handed out"] if waiting else [])]


def _parked() -> list[str]:
    from kaname.kernel.jobs.models import Run

    parked = Run.objects.exclude(parked_at=None).select_related("result")
    return [f"parked: {run.result.task_path} after {run.attempts} attempts: {run.error[-300:]}" for run in parked]


def _database() -> list[str]:
    from django.db import connection

    if connection.vendor != "sqlite":
        return []
    with connection.cursor() as cursor:
        sound = cursor.execute("PRAGMA integrity_check").fetchall()
        dangling = cursor.execute("PRAGMA foreign_key_check").fetchall()
    return ([] if sound == [("ok",)] else [f"integrity_check: {sound[:3]}"]) + [f"dangling: {row}" for row in dangling]


def _figures() -> dict[str, int]:
    from kaname.kernel.jobs.models import Run
    from kaname.kernel.journal.models import Entry
    from kaname.pso.schedule.models import PlanImport, ProgressReport

    return {
        "journal entries": Entry.objects.count(),
        "reports": ProgressReport.objects.count(),
        "imports": PlanImport.objects.filter(state="applied").count(),
        "jobs": Run.objects.count(),
        "jobs run again": Run.objects.filter(attempts__gt=1).count(),
    }


if __name__ == "__main__":
    main()
