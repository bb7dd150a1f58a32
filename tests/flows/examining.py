"""Every kind of page that links lead to, and states that no link leads to, under the eyes of axe in a browser."""

import re
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
OK, FORBIDDEN, MISSING, UNACCEPTABLE, BROKEN = 200, 403, 404, 422, 500
FLAG: Final = "--disable-remote-fonts"
"""Fonts take a third of the time of a page, and axe does not look at them."""
SETTINGS: Final = "tests.flows.breaking_settings"
"""With which the site is served that is looked at: one address breaks."""
EMPTY, UNTRUSTED = "empty", "untrusted"
"""A form is sent without what a person fills in, or also without the token that proves where it comes from."""
STATES: Final = (
    ("missing", MEMBER, "/projects/999999/", MISSING, ""),
    ("not for a member", MEMBER, "/administration/jobs/", MISSING, ""),
    ("form with errors: project", HEAD, "/projects/register/", UNACCEPTABLE, EMPTY),
    ("form with errors: person", HEAD, "/people/new/", UNACCEPTABLE, EMPTY),
    ("form with errors: calendar", HEAD, "/calendars/new/", UNACCEPTABLE, EMPTY),
    ("form with errors: password", MEMBER, "/account/password/", UNACCEPTABLE, EMPTY),
    ("form with errors: invitation", ADMINISTRATOR, "/administration/accounts/invite/", UNACCEPTABLE, EMPTY),
    ("form from elsewhere", MEMBER, "/account/password/", FORBIDDEN, UNTRUSTED),
    ("broken", MEMBER, "/breaks/", BROKEN, ""),
    ("sign in", "", "/sign-in/", OK, ""),
    ("sign in with errors", "", "/sign-in/", UNACCEPTABLE, EMPTY),
    ("password forgotten", "", "/password/", OK, ""),
    ("sample company", "", "/start/sample/", OK, ""),
)
"""A name, who comes (nobody for a visitor), the place, the answer, how the form there is sent."""
FIRST_STATES: Final = (
    ("first start", "/start/", OK, ""),
    ("first administrator", "/start/administrator/", OK, ""),
    ("form with errors: first administrator", "/start/administrator/", UNACCEPTABLE, EMPTY),
)
"""What an installation shows that nobody has started."""
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
async ([place, sent]) => {
  const parsed = text => new DOMParser().parseFromString(text, "text/html");
  let answer = await fetch(place);
  if (sent) {
    const form = parsed(await answer.text()).querySelector("main form[method=post]");
    const body = new URLSearchParams();
    for (const one of form.querySelectorAll("input[type=hidden]")) body.append(one.name, one.value);
    if (sent === "untrusted") body.delete("csrfmiddlewaretoken");
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
(sent) => {
  const form = document.querySelector("main form[method=post]");
  form.noValidate = true;
  if (sent === "untrusted") form.elements.csrfmiddlewaretoken.remove();
  for (const one of form.elements) if (one.type !== "hidden" && "value" in one && one.type !== "submit") one.value = "";
  form.requestSubmit();
}
"""
_TOO_WIDE: Final = "document.documentElement.scrollWidth > innerWidth"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """Something to look at: its name, who sees it, where, what is answered, and how a form is sent."""

    name: str
    reader: Walk
    place: str
    status: int = OK
    sent: str = ""

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
    [[archived], *_] = site.ask("SELECT id FROM projects_project WHERE archived_at IS NOT NULL")
    plans = _plans_sent(readers[PM])
    found: dict[str, Sight] = {}
    _find(found, readers[HEAD], beginnings=BEGINNINGS, left_out=frozenset())
    _find(found, readers[PM], beginnings=(*BEGINNINGS, *plans), left_out=frozenset())
    _find(found, readers[ADMINISTRATOR], beginnings=BEGINNINGS, left_out=frozenset())
    others: dict[str, Sight] = {}
    _find(others, readers[MEMBER], beginnings=BEGINNINGS, left_out=frozenset(found) - MEMBERS_PAGES)
    visitor = walk(browser, site, language="ja")
    visitor.go("/sign-in/")
    return [
        *found.values(),
        *(Sight(name=f"{name} of a member", reader=one.reader, place=one.place) for name, one in others.items()),
        *(
            Sight(name=name, reader=readers.get(number, visitor), place=place, status=status, sent=sent)
            for name, number, place, status, sent in STATES
        ),
        Sight(name="refused", reader=readers[HEAD], place=f"/projects/{archived}/edit/", status=FORBIDDEN),
    ]


def first_sights(browser: Browser, site: Site, *, language: str) -> list[Sight]:
    """Return what an installation shows that nobody has started."""
    visitor = walk(browser, site, language=language)
    visitor.go("/start/")
    return [
        Sight(name=name, reader=visitor, place=place, status=status, sent=sent)
        for name, place, status, sent in FIRST_STATES
    ]


def glance(sight: Sight, *, theme: str) -> Iterator[Fault]:
    """Take a page's text into the window that is open, where no script of the page runs, and let axe go over it.

    Of tables only the first rows are taken; `examine` sees them whole.
    """
    page = sight.reader.page
    page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
    if not page.evaluate("'axe' in window"):
        _let_axe_in(sight.reader)
    status = page.evaluate(_TAKE, [sight.place, sight.sent])
    if status != sight.status:
        yield Fault(sight=sight.name, look=theme, rule="status", target=f"{status} {sight.place}")
    yield from _violations(sight, theme)


def examine(sight: Sight, *, themes: tuple[str, ...]) -> Iterator[Fault]:
    """Open a page as a person does, let axe go over it in each light, and see that it fits a telephone."""
    reader, page = sight.reader, sight.reader.page
    reader.faults.clear()
    page.emulate_media(color_scheme=themes[0])  # type: ignore[arg-type]
    reader.go(sight.place)
    if sight.sent:
        with page.expect_navigation():
            page.evaluate(_SEND, sight.sent)
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
    """Send files with plans; return the pages of the files, one that asks before taking in, and one that tells the result."""
    files = _sent(reader, tuple(PLANS), project="")
    options = reader.page.context.request.get(f"{reader.address}/imports/projects/").text()
    project = re.findall(r'data-value="(\d+)"', options)[-1]
    waiting, taken = (_sent(reader, tuple(PLANS)[:1], project=project) for _ in range(2))
    page = reader.go(f"{taken}confirm/")
    page.locator("form.import-foot button.button-primary").click()
    page.wait_for_url("**/result/")
    reader.wait_for(lambda: not _is_working(reader), what="the end of taking in")
    return (files, f"{waiting}confirm/", f"{taken}result/")


def _sent(reader: Walk, names: tuple[str, ...], *, project: str) -> str:
    page = reader.go(f"/imports/?project={project}" if project else "/imports/")
    files = [{"name": name, "mimeType": "text/plain", "buffer": PLANS[name].encode()} for name in names]
    page.set_input_files("input[type=file]", files)  # type: ignore[arg-type]
    page.locator("form[enctype] button.button-primary").click()
    page.wait_for_url("**/imports/batch/**")
    reader.wait_for(lambda: not _is_working(reader), what="the end of reading")
    return page.url.removeprefix(reader.address)


def _is_working(reader: Walk) -> bool:
    return reader.page.locator('[hx-trigger="every 1s"]').count() > 0
