"""Every kind of page that links lead to, and states that no link leads to, under the eyes of axe in a browser."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.urls import resolve
from playwright.sync_api import Browser

from kaname.site.sample.staff import BY_NUMBER
from tests.flows.reading import read
from tests.flows.walking import Site, Walk, walk

AXE: Final = (Path(__file__).resolve().parents[1] / "vendor" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
HEAD, PM, ADMINISTRATOR, MEMBER = "K0001", "K0007", "K0004", "K0010"
BEGINNINGS: Final = ("/", "/portfolio/", "/projects/")
MEMBERS_PAGES: Final = frozenset(
    {"home", "portfolio:portfolio", "projects:projects", "projects:project", "schedule:plan", "schedule:task"}
)
"""What shows an ordinary member something else than the PMO and a PM."""
WIDTH: Final = 1440
NARROW: Final = 390
OK, MISSING, UNACCEPTABLE = 200, 404, 422
FLAG: Final = "--disable-remote-fonts"
"""Fonts take a third of the time of a page, and axe does not look at them."""
STATES: Final = (
    ("missing", MEMBER, "/projects/999999/", MISSING, False),
    ("not for a member", MEMBER, "/administration/jobs/", MISSING, False),
    ("form with errors: project", HEAD, "/projects/register/", UNACCEPTABLE, True),
    ("form with errors: person", HEAD, "/people/new/", UNACCEPTABLE, True),
    ("form with errors: calendar", HEAD, "/calendars/new/", UNACCEPTABLE, True),
    ("form with errors: password", MEMBER, "/account/password/", UNACCEPTABLE, True),
    ("form with errors: invitation", ADMINISTRATOR, "/administration/accounts/invite/", UNACCEPTABLE, True),
    ("sign in", "", "/sign-in/", OK, False),
    ("sign in with errors", "", "/sign-in/", UNACCEPTABLE, True),
    ("password forgotten", "", "/password/", OK, False),
    ("sample company", "", "/start/sample/", OK, False),
)
"""A name, who comes (nobody for a visitor), the place, the answer, whether the form there is sent empty."""
PLANS: Final = {
    "要件.csv": "WBS,タスク名,開始予定日,終了予定日,先行\n1,要件定義,2026/04/06,2026/04/08,\n2,設計,2026/04/09,2026/04/10,1\n",
    "列.csv": "A,B,C\nx,y,z\n",
    "壊れた計画.xml": "<Project><Tasks>",
}
"""Files for the steps of taking plans in: one to take, one whose columns must be named, one that is refused."""

_RUN: Final = """
() => axe.run(document, {resultTypes: ["violations"], preload: false}).then(result =>
  result.violations.flatMap(rule => rule.nodes.map(node => [rule.id, node.target.join(" ")])))
"""
_TAKE: Final = """
async ([place, isSent]) => {
  const parsed = text => new DOMParser().parseFromString(text, "text/html");
  let answer = await fetch(place);
  if (isSent) {
    const form = parsed(await answer.text()).querySelector("main form[method=post]");
    const body = new URLSearchParams();
    for (const one of form.querySelectorAll("input[type=hidden]")) body.append(one.name, one.value);
    answer = await fetch(form.getAttribute("action") || place, {method: "POST", body});
  }
  const next = parsed(await answer.text());
  for (const body of next.querySelectorAll("tbody")) for (const row of [...body.rows].slice(8)) row.remove();
  document.documentElement.replaceWith(document.adoptNode(next.documentElement));
  const sheets = [...document.querySelectorAll("link[rel=stylesheet]")].filter(link => !link.sheet);
  await Promise.all(sheets.map(link => new Promise(done => ["load", "error"].map(word => link.addEventListener(word, done)))));
  return answer.status;
}
"""
_SEND: Final = """
() => {
  const form = document.querySelector("main form[method=post]");
  form.noValidate = true;
  for (const one of form.elements) if (one.type !== "hidden" && "value" in one && one.type !== "submit") one.value = "";
  form.requestSubmit();
}
"""
_TOO_WIDE: Final = "document.documentElement.scrollWidth > innerWidth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Something to look at: its name, who sees it, where, what is answered, and whether a form is sent empty."""

    name: str
    reader: Walk
    place: str
    status: int = OK
    is_sent: bool = False

    @property
    def quarter(self) -> int:
        """Which quarter of the sights it belongs to."""
        return sum(self.name.encode()) % 4


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Fault:
    """What is wrong with a sight: a rule of axe, `heard`, `status` or `wide`; and where in the page."""

    sight: str
    look: str
    rule: str
    target: str


def sights(browser: Browser, site: Site) -> list[Sight]:
    """Follow links from page to page, to one page of a kind, some a second time as an ordinary member; then the states."""
    readers = {number: _signed_in(browser, site, number) for number in (HEAD, PM, ADMINISTRATOR, MEMBER)}
    found: dict[str, Sight] = {}
    _find(found, readers[HEAD], beginnings=BEGINNINGS, left_out=frozenset())
    _find(found, readers[PM], beginnings=(*BEGINNINGS, *_plans_sent(readers[PM])), left_out=frozenset())
    _find(found, readers[ADMINISTRATOR], beginnings=BEGINNINGS, left_out=frozenset())
    others: dict[str, Sight] = {}
    _find(others, readers[MEMBER], beginnings=BEGINNINGS, left_out=frozenset(found) - MEMBERS_PAGES)
    visitor = walk(browser, site, language="ja")
    visitor.go("/sign-in/")
    return [
        *found.values(),
        *(Sight(name=f"{name} of a member", reader=one.reader, place=one.place) for name, one in others.items()),
        *(
            Sight(name=name, reader=readers.get(number, visitor), place=place, status=status, is_sent=is_sent)
            for name, number, place, status, is_sent in STATES
        ),
    ]


def glance(sight: Sight, *, theme: str) -> Iterator[Fault]:
    """Take a page's text into the window that is open, where no script of the page runs, and let axe go over it.

    Of tables only the first rows are taken; `examine` sees them whole.
    """
    page = sight.reader.page
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    if not page.evaluate("'axe' in window"):
        _let_axe_in(sight.reader)
    status = page.evaluate(_TAKE, [sight.place, sight.is_sent])
    if status != sight.status:
        yield Fault(sight=sight.name, look=theme, rule="status", target=f"{status} {sight.place}")
    yield from _violations(sight, theme)


def examine(sight: Sight, *, themes: tuple[str, ...]) -> Iterator[Fault]:
    """Open a page as a person does, let axe go over it in each light, and see that it fits a telephone."""
    reader, page = sight.reader, sight.reader.page
    reader.faults.clear()
    page.emulate_media(color_scheme=themes[0])  # type: ignore[arg-type]
    reader.go(sight.place)
    if sight.is_sent:
        with page.expect_navigation():
            page.evaluate(_SEND)
    language = page.evaluate("document.documentElement.lang")
    for heard in reader.all_faults():
        if not (sight.status != OK and str(sight.status) in heard):
            yield Fault(sight=sight.name, look=language, rule="heard", target=heard)
    _let_axe_in(reader)
    for theme in themes:
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        yield from _violations(sight, theme)
    page.set_viewport_size({"width": NARROW, "height": 900})
    if page.evaluate(_TOO_WIDE):
        yield Fault(sight=sight.name, look=language, rule="wide", target=f"wider than {NARROW} pixels")
    page.set_viewport_size({"width": WIDTH, "height": 900})


def _violations(sight: Sight, theme: str) -> Iterator[Fault]:
    look = f"{sight.reader.page.evaluate('document.documentElement.lang')} {theme}"
    for rule, target in sight.reader.page.evaluate(_RUN):
        yield Fault(sight=sight.name, look=look, rule=rule, target=target)


def _let_axe_in(reader: Walk) -> None:
    """Begin axe; what it does itself against the policy of the page is not heard."""
    reader.page.evaluate("window.refusals = Object.assign([], {push: () => 0})")
    reader.page.evaluate(AXE)


def _find(found: dict[str, Sight], reader: Walk, *, beginnings: tuple[str, ...], left_out: frozenset[str]) -> None:
    waiting, seen = deque(beginnings), set(beginnings)
    while waiting:
        place = waiting.popleft()
        name = str(resolve(place.partition("?")[0]).view_name)
        if (name in found or name in left_out) and place not in beginnings:
            continue
        answer = reader.page.context.request.get(reader.address + place, fail_on_status_code=False)
        text = answer.text() if "text/html" in answer.headers.get("content-type", "") else ""
        if answer.status != OK or "<html" not in text[:400]:
            continue
        if name not in left_out:
            found.setdefault(name, Sight(name=name, reader=reader, place=place))
        for link in read(text, path=place).links:
            if link.place not in seen and not link.is_fragment:
                seen.add(link.place)
                waiting.append(link.place)


def _signed_in(browser: Browser, site: Site, number: str) -> Walk:
    reader = walk(browser, site, language="ja")
    reader.go_on_as(BY_NUMBER[number].name_latin)
    return reader


def _plans_sent(reader: Walk) -> tuple[str, ...]:
    """Send files with plans; return the page of the files, and that which asks before they are taken in."""
    page = reader.go("/imports/")
    files = [{"name": name, "mimeType": "text/plain", "buffer": text.encode()} for name, text in PLANS.items()]
    page.set_input_files("input[type=file]", files)  # type: ignore[arg-type]
    page.locator("form[enctype] button.button-primary").click()
    page.wait_for_url("**/imports/batch/**")
    reader.wait_for(lambda: not page.locator('[hx-trigger="every 1s"]').count(), what="the end of reading")
    place = page.url.removeprefix(reader.address)
    return (place, f"{place}confirm/")
