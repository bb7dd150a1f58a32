"""Read, write and read again every Microsoft Project XML file of a folder: the two plans must be equal.

Run `python benchmarks/mspdi_round_trip.py DATA_DIR`, where DATA_DIR holds `schedules/mspdi` and `schedules/mspdi-from-mpp`
or files itself.  Prints the counts; the exit code is 1 when a plan differs or an object of a file is in no entry.
"""

import argparse
import sys
import time
from collections import Counter
from dataclasses import fields, replace
from pathlib import Path

from defusedxml.ElementTree import iterparse

from kaname.engine.network.plan import Plan
from kaname.formats.mspdi import read_mspdi, write_mspdi
from kaname.formats.types import FileRefused, ReadResult


def main() -> int:
    """Print one line per difference and the counts of all files."""
    parser = argparse.ArgumentParser(description="Round trip of Microsoft Project XML.")
    parser.add_argument("data", type=Path)
    root = parser.parse_args().data
    folders = [root / "schedules" / name for name in ("mspdi", "mspdi-from-mpp")]
    files = [path for folder in folders if folder.is_dir() for path in sorted(folder.rglob("*.xml"))]
    totals: Counter[str] = Counter()
    began = time.process_time()
    for path in files or sorted(root.rglob("*.xml")):
        totals.update(check(path))
    print(f"{totals['files']} files, {totals['refused']} refused, {time.process_time() - began:.1f} CPU s")
    print(
        f"{totals['tasks']} tasks, {totals['links']} links, {totals['resources']} resources, "
        f"{totals['assignments']} assignments, {totals['calendars']} calendars"
    )
    print(f"plans that differ after read - write - read: {totals['different']} (of {totals['files']})")
    print(
        f"elements in files {totals['elements']}, in the accounts {totals['entered']}; "
        f"mapped {totals['mapped']}, changed {totals['changed']}, lost {totals['lost']}"
    )
    return int(bool(totals["different"] or totals["elements"] != totals["entered"]))


def check(path: Path) -> Counter[str]:
    """Return the counts of one file."""
    data = path.read_bytes()
    try:
        first = read_mspdi(data, file=path.name)
    except FileRefused as refusal:
        print(f"refused: {refusal}")
        return Counter(refused=1)
    second = read_mspdi(write_mspdi(first.plan), file=path.name)
    differing = _differences(first.plan, second.plan)
    for name in differing:
        print(f"{path.name}: {name} differs")
    return _counts(first, elements=sum(1 for _ in iterparse(path)), is_different=bool(differing))


def _counts(result: ReadResult, *, elements: int, is_different: bool) -> Counter[str]:
    plan = result.plan
    counts = Counter({outcome.value: count for outcome, count in result.loss.counts().items()})
    attributes = sum(entry.count for entry in result.loss.entries if "/@" in entry.subject)
    counts["entered"] = sum(entry.count for entry in result.loss.entries) - attributes
    counts.update(
        files=1,
        elements=elements,
        different=int(is_different),
        tasks=len(plan.tasks),
        links=len(plan.links),
        resources=len(plan.resources),
        assignments=len(plan.assignments),
        calendars=len(plan.calendars),
    )
    return counts


def _differences(one: Plan, other: Plan) -> list[str]:
    other = replace(other, source_product=one.source_product)
    return [each.name for each in fields(Plan) if getattr(one, each.name) != getattr(other, each.name)]


if __name__ == "__main__":
    sys.exit(main())
