"""Hostile and broken files against the jail: none may crash, none may cost more than 2 s or 512 MB, each gets a sentence.

Run `python benchmarks/hostile.py [DATA_DIR]`, where DATA_DIR holds `hostile` (default: `../shared/data`).  Files of the
folder and generated ones are read as an upload is, and calculated where they can be read.  Prints a table with the seconds
that passed, those that the reading child worked - the bar is held against these, so that a busy machine does not judge -, its
peak memory (that of this process when it was forked at the least) and what the user is told, then what openpyxl needs to read one small bomb in a
child with the same memory.  The exit code is 1 when a bar is missed.
"""

import io
import json
import os
import resource
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from kaname.engine.network import PlanError, schedule
from kaname.formats.jail import read_file
from kaname.formats.types import FileRefused

MOST_SECONDS = 2.0
MOST_MEGABYTES = 512
_LISTED_NAME = 44
_PEER_ROWS = 400_000


def main() -> int:
    """Print the table; return 1 when a bar is missed."""
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[2] / "shared" / "data"
    cases = [*_generated(), *_of_folder(data / "hostile")]
    # The calculation is loaded once, as it is in a worker.
    _judge("warm", b"task,start,finish\na,2026-01-05,2026-01-06\n")
    outcomes = [(name, _in_child(name, content)) for name, content in cases]
    for name, outcome in outcomes:
        bad = _misses(outcome)
        print(
            f"{'!' if bad else ' '} {name[:_LISTED_NAME]:{_LISTED_NAME}} {outcome['seconds']:5.2f} s "
            f"{outcome['cpu']:5.2f} s CPU "
            f"{outcome['megabytes']:4.0f} MB  {outcome['told'][:110]}"
        )
    missed = [name for name, outcome in outcomes if _misses(outcome)]
    slowest = max(outcome["seconds"] for _, outcome in outcomes)
    largest = max(outcome["megabytes"] for _, outcome in outcomes)
    crashes = sum(outcome["is_crash"] for _, outcome in outcomes)
    costliest = max(outcome["cpu"] for _, outcome in outcomes)
    print(
        f"\n{len(outcomes)} files, {crashes} crashes, slowest {slowest:.2f} s, costliest {costliest:.2f} s CPU "
        f"(bar {MOST_SECONDS:.0f}), largest child {largest:.0f} MB (bar {MOST_MEGABYTES})"
    )
    print(_peer())
    for name in missed:
        print(f"MISSED: {name}")
    return 1 if missed else 0


def _misses(outcome: dict) -> bool:
    return outcome["is_crash"] or outcome["cpu"] > MOST_SECONDS or outcome["megabytes"] > MOST_MEGABYTES


def _in_child(name: str, content: bytes) -> dict:
    """Judge one file in a fork, so that the peak memory of its reader is its own."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        os.close(reading)
        os.write(writing, json.dumps(_judge(name, content)).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answers:
        answer = answers.read()
    _, status, _ = os.wait4(pid, 0)
    if status or not answer:
        return {
            "seconds": 0.0,
            "cpu": 0.0,
            "megabytes": 0.0,
            "told": f"the parent died with {status}",
            "is_crash": True,
        }
    return json.loads(answer)


def _judge(name: str, content: bytes) -> dict:
    began = time.perf_counter()
    is_crash = False
    try:
        result = read_file(content, file=name)
        told = f"read: {len(result.plan.tasks)} tasks, {len(result.plan.links)} links"
        schedule(result.plan)
    except FileRefused as refused:
        told = f"{refused.place}: {refused.message}" if refused.place else str(refused.message)
        is_crash = "its reader does not know" in told
    except PlanError as refused:
        told = f"not calculated: {refused.messages[0]}"
    except Exception as error:  # noqa: BLE001 - whatever it is, it counts as a crash
        told, is_crash = f"{type(error).__name__}: {error}", True
    seconds = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    megabytes, cpu = used.ru_maxrss / 1024, used.ru_utime + used.ru_stime
    return {
        "seconds": seconds,
        "cpu": cpu,
        "megabytes": megabytes,
        "told": told.replace("\n", " "),
        "is_crash": is_crash,
    }


def _of_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield str(path.relative_to(folder)), path.read_bytes()


def _generated() -> Iterator[tuple[str, bytes]]:
    yield from _archives()
    yield from _markup()
    yield from _tables()
    yield from _plans()


def _archives() -> Iterator[tuple[str, bytes]]:
    yield "zip-bomb.xlsx", _zipped({"xl/worksheets/sheet1.xml": bytes(300_000_000)})
    yield "zip-many.xlsx", _zipped({f"xl/{number}.xml": b"" for number in range(20_000)})
    yield "zip-paths.xlsx", _zipped({"../../etc/passwd": b"x", "xl/workbook.xml": b"<a/>"})
    yield "zip-nested.xlsx", _zipped({"xl/workbook.xml": _zipped({"a": bytes(50_000_000)})})
    yield "zip-truncated.xlsx", _book()[:-200]
    yield "far-cell.xlsx", _book('<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c></row>')
    yield "dtd.xlsx", _book(head='<!DOCTYPE a [<!ENTITY b "c">]>')


def _markup() -> Iterator[tuple[str, bytes]]:
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    yield "xxe.xml", _mspdi("<Name>&x;</Name>", head='<!DOCTYPE p [<!ENTITY x SYSTEM "file:///etc/passwd">]>')
    yield "billion-laughs.xml", _mspdi("<Name>&l9;</Name>", head=f'<!DOCTYPE p [<!ENTITY l0 "ha">{laughs}]>')
    yield "quadratic.xml", _mspdi(f"<Name>{'&a;' * 50_000}</Name>", head=f'<!DOCTYPE p [<!ENTITY a "{"a" * 50_000}">]>')
    yield "external-dtd.xml", _mspdi("<Name>a</Name>", head='<!DOCTYPE p SYSTEM "http://127.0.0.1:1/a.dtd">')
    yield "deep-elements.xml", b"<Project>" + b"<a>" * 200_000
    yield "attributes.xml", b"<Project " + b" ".join(b'a%d="1"' % n for n in range(200_000)) + b"/>"
    yield "long-text.xml", _mspdi(f"<Name>{'長' * 10_000_000}</Name>")
    yield "truncated.xml", _tasks([(1, 1, "PT8H0M0S", "")])[:-40]
    yield (
        "wrong-encoding.xml",
        "<?xml version='1.0' encoding='utf-8'?><Project><Name>計画</Name></Project>".encode("cp932"),
    )
    yield "nulls.xml", b"<Project>\0\0\0</Project>"


def _tables() -> Iterator[tuple[str, bytes]]:
    yield "open-quote.csv", b'task,start\n"' + b"a" * 5_000_000
    yield "long-line.csv", b"task,start\n" + b"," * 20_000_000
    yield "binary.csv", bytes(range(256)) * 4000
    yield "utf16-odd.csv", "task,start\na,2026-01-05\n".encode("utf-16")[:-1]
    yield "many-rows.csv", b"task,start,finish\n" + b"a,2026-01-05,2026-01-06\n" * 400_000
    yield "many-columns.csv", b"task,start," + b",".join(b"c%d" % n for n in range(20_000)) + b"\na,2026-01-05\n"
    yield "year-9999.csv", b"task,start,finish\na,9999-12-30,9999-12-31\nb,0001-01-01,0001-01-02\n"
    yield "negative.csv", b"task,start,duration\na,2026-01-05,-5\nb,2026-01-05,-99999999999999999999\n"
    yield "huge-numbers.csv", b"task,start,duration\na,2026-01-05," + b"9" * 4000 + b"\nb,2026-01-05,1e308\n"
    yield "deep-wbs.csv", _deep_wbs(1000)
    yield "loop.csv", b"no,task,start,duration,predecessor\n1,a,2026-01-05,1,2\n2,b,,1,1\n"
    yield "self-link.csv", b"no,task,start,duration,predecessor\n1,a,2026-01-05,1,1\n"
    yield "link-to-nowhere.csv", b"no,task,start,duration,predecessor\n1,a,2026-01-05,1,99999\n"
    yield (
        "many-links.csv",
        b"no,task,duration,predecessor\n"
        + b"\n".join(
            b'%d,t,1,"%s"' % (n, b",".join(b"%d" % m for m in range(max(1, n - 60), n))) for n in range(1, 2001)
        ),
    )


def _plans() -> Iterator[tuple[str, bytes]]:
    yield "loop.xml", _tasks([(1, 1, "PT8H0M0S", _link(2)), (2, 1, "PT8H0M0S", _link(1))])
    yield "self-link.xml", _tasks([(1, 1, "PT8H0M0S", _link(1))])
    yield "link-to-nowhere.xml", _tasks([(1, 1, "PT8H0M0S", _link(777))])
    yield "deep-wbs.xml", _tasks([(number, number, "PT8H0M0S", "") for number in range(1, 1001)])
    yield "huge-duration.xml", _tasks([(1, 1, "PT99999999999999999999H0M0S", "")])
    yield "long-duration.xml", _tasks([(1, 1, "PT900000000H0M0S", "")])
    yield "negative-duration.xml", _tasks([(1, 1, "-PT8H0M0S", "")])
    yield "no-tasks.xml", _mspdi("<Tasks/>")
    yield "same-numbers.xml", _tasks([(1, 1, "PT8H0M0S", "")] * 1000)
    yield (
        "endless-calendar.xml",
        _mspdi(
            "<CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID><BaseCalendarUID>1</BaseCalendarUID></Calendar>"
            "</Calendars><Tasks><Task><UID>1</UID><OutlineLevel>1</OutlineLevel><Duration>PT8H0M0S</Duration></Task></Tasks>"
        ),
    )
    yield (
        "no-working-time.xml",
        _mspdi(
            "<CalendarUID>1</CalendarUID><Calendars><Calendar><UID>1</UID><WeekDays>"
            + "".join(f"<WeekDay><DayType>{day}</DayType><DayWorking>0</DayWorking></WeekDay>" for day in range(1, 8))
            + "</WeekDays></Calendar></Calendars><Tasks><Task><UID>1</UID><OutlineLevel>1</OutlineLevel>"
            "<Duration>PT8H0M0S</Duration></Task></Tasks>"
        ),
    )
    yield "no-table.xer", b"ERMHDR\t8.2\n%T\tPROJECT\n%F\tproj_id\n"
    yield "short-rows.xer", b"ERMHDR\t8.2\n%T\tTASK\n%F\ttask_id\tproj_id\n" + b"%R\t1\n" * 100_000
    yield "empty.xml", b""
    yield "old-project.mpp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)


def _zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as container:
        for name, content in parts.items():
            container.writestr(name, content)
    return target.getvalue()


def _book(rows: str = "", head: str = "") -> bytes:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return _zipped(
        {
            "[Content_Types].xml": (
                '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
                f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>'
            ).encode(),
            "_rels/.rels": (
                f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{relations}/officeDocument" '
                'Target="xl/workbook.xml"/></Relationships>'
            ).encode(),
            "xl/workbook.xml": (
                f'{head}<workbook xmlns="{main}" xmlns:r="{relations}"><sheets><sheet name="a" sheetId="1" r:id="r1"/>'
                "</sheets></workbook>"
            ).encode(),
            "xl/_rels/workbook.xml.rels": (
                f'<Relationships xmlns="{package}"><Relationship Id="r1" Type="{relations}/worksheet" '
                'Target="worksheets/sheet1.xml"/></Relationships>'
            ).encode(),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>'.encode(),
        }
    )


def _mspdi(content: str, head: str = "") -> bytes:
    space = "http://schemas.microsoft.com/project"
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<Project xmlns="{space}"><StartDate>2026-01-05T09:00:00</StartDate>'
        f"{content}</Project>"
    ).encode()


def _tasks(rows: list[tuple[int, int, str, str]]) -> bytes:
    drawn = "".join(
        f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>{uid}</Name><OutlineLevel>{level}</OutlineLevel>"
        f"<Duration>{duration}</Duration>{more}</Task>"
        for uid, level, duration, more in rows
    )
    return _mspdi(f"<Tasks>{drawn}</Tasks>")


def _link(uid: int) -> str:
    return f"<PredecessorLink><PredecessorUID>{uid}</PredecessorUID><Type>1</Type></PredecessorLink>"


def _deep_wbs(depth: int) -> bytes:
    lines = [f"{'.'.join(['1'] * level)},task {level},2026-01-05,2026-01-06" for level in range(1, depth + 1)]
    return "\n".join(["wbs,task,start,finish", *lines]).encode()


def _peer() -> str:
    """Let openpyxl read every cell of a bomb of some megabytes in a child with the same memory; CPU seconds of both."""
    cell = b'<c r="A%d" t="inlineStr"><is><t>a</t></is></c>'
    rows = b"".join(b'<row r="%d">%s</row>' % (n, cell % n) for n in range(1, _PEER_ROWS))
    bomb = _book(rows.decode())
    code = (
        f"import sys,io,resource; resource.setrlimit(resource.RLIMIT_AS,({MOST_MEGABYTES}<<20,)*2); import openpyxl;"
        "book=openpyxl.load_workbook(io.BytesIO(sys.stdin.buffer.read()));"
        "print(sum(cell is not None for row in book.active.iter_rows(values_only=True) for cell in row))"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        done = subprocess.run([sys.executable, "-c", code], input=bomb, capture_output=True, timeout=60, check=False)
    except subprocess.TimeoutExpired:
        return f"openpyxl on a file of {_PEER_ROWS:,} cells: not done after 60 s"
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    words = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2][:60]
    ending = f"{int(done.stdout):,} cells read" if not done.returncode else words
    ours = _in_child("peer.xlsx", bomb)
    return (
        f"peer: a workbook of {len(bomb) / 1024**2:.1f} MB that unpacks to {len(rows) / 1024**2:.0f} MB: openpyxl "
        f"{cpu:.1f} s CPU ({ending}); ours {ours['cpu']:.1f} s CPU ({ours['told'][:80]})"
    )


if __name__ == "__main__":
    sys.exit(main())
