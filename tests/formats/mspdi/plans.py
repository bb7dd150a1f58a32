"""Small project files for the tests of the reader."""

from pathlib import Path

from kaname.engine.network.plan import Plan
from kaname.formats.mspdi import read_mspdi
from kaname.formats.types import LossEntry, Outcome, ReadResult

FULL = (Path(__file__).parent / "data" / "kikan_ikou.xml").read_bytes()
NAMESPACE = ' xmlns="http://schemas.microsoft.com/project"'
WEEK = "".join(
    f"<WeekDay><DayType>{day}</DayType><DayWorking>1</DayWorking><WorkingTimes><WorkingTime>"
    "<FromTime>09:00:00</FromTime><ToTime>18:00:00</ToTime></WorkingTime></WorkingTimes></WeekDay>"
    for day in range(2, 7)
)
STANDARD = (
    f"<Calendar><UID>1</UID><Name>標準</Name><IsBaseCalendar>1</IsBaseCalendar><WeekDays>{WEEK}</WeekDays></Calendar>"
)


def project(
    *, properties: str = "", calendars: str = STANDARD, tasks: str = "", resources: str = "", assignments: str = ""
) -> bytes:
    """Return a project file of the given pieces."""
    return (
        f"<Project{NAMESPACE}><CalendarUID>1</CalendarUID>{properties}<Calendars>{calendars}</Calendars>"
        f"<Tasks>{tasks}</Tasks><Resources>{resources}</Resources><Assignments>{assignments}</Assignments></Project>"
    ).encode()


def task(uid: int, inner: str = "", *, name: str = "設計", level: int = 1) -> str:
    """Return a task element."""
    return f"<Task><UID>{uid}</UID><Name>{name}</Name><OutlineLevel>{level}</OutlineLevel>{inner}</Task>"


def read(data: bytes) -> ReadResult:
    """Read a file under a fixed name."""
    return read_mspdi(data, file="計画.xml")


def plan_of(**pieces: str) -> Plan:
    """Read the plan of the given pieces."""
    return read(project(**pieces)).plan


def remarks(result: ReadResult, outcome: Outcome) -> list[tuple[str, str, str]]:
    """Return subject, label and sentence of the single entries of an outcome."""
    return [(entry.subject, entry.label, str(entry.message)) for entry in entries(result, outcome)]


def entries(result: ReadResult, outcome: Outcome) -> list[LossEntry]:
    """Return the entries of an outcome."""
    return [entry for entry in result.loss.entries if entry.outcome is outcome]
