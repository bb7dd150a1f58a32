"""Take a picture of every page: both languages, by day and by night, wide and narrow, of the sample company and of none.

    python tools/look.py [--quick] [--only PATTERN]

The pictures and a sheet with all of them (`look/index.html`) go into `look/`, which git ignores.  The pages come from the
addresses that Django knows, with arguments from the sample company, and from `EXTRAS`.
"""

import argparse
import fnmatch
import html
import itertools
import os
import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

sys.path[:0] = [str(Path(__file__).resolve().parents[1])]

from tools.sample_home import ROOT, copied_home, served  # noqa: E402 - found only now

LOOK = ROOT / "look"
KEPT = LOOK / ".homes"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]

HEAD, ADMINISTRATOR, PM, MEMBER = "Makoto Takahashi", "Emi Nakamura", "Kenichi Sato", "Misaki Tanaka"

READERS = (
    ("administration/*", ADMINISTRATOR),
    ("account/*", MEMBER),
    ("notices/*", PM),
    ("people/me/*", MEMBER),
    ("imports/*", PM),
)
"""By whom a page is looked at; everything else by the head of the PMO."""

EXTRAS = (("", HEAD), ("", PM), ("", MEMBER), ("projects/", MEMBER), ("portfolio/", PM))

EMPTY = (
    "",
    "start/",
    "projects/",
    "portfolio/",
    "people/",
    "calendars/",
    "imports/",
    "notices/",
    "administration/*",
    "account/*",
)
"""What is looked at on an installation that was just started."""

ARGUMENTS = {
    "project": "SELECT id FROM projects_project WHERE code LIKE '%-09'",
    "calendar": "SELECT min(id) FROM calendars_workcalendar",
    "person": "SELECT id FROM people_person WHERE employee_number = 'K0010'",
    "department": "SELECT id FROM people_department WHERE position = 2",
    "partner": "SELECT min(id) FROM people_partner",
    "skill": "SELECT min(id) FROM people_skill",
    "group": "SELECT min(id) FROM projects_projectgroup",
    "project_class": "SELECT min(id) FROM projects_projectclass",
    "task": "SELECT max(t.id) FROM schedule_task t JOIN schedule_plan p ON p.id = t.plan_id JOIN projects_project j"
    " ON j.id = p.project_id WHERE j.code LIKE '%-09' AND t.kind = 'work' AND t.percent_permille BETWEEN 1 AND 999",
    "run": "SELECT max(r.id) FROM schedule_run r JOIN schedule_plan p ON p.id = r.plan_id JOIN projects_project j"
    " ON j.id = p.project_id WHERE j.code LIKE '%-09'",
    "account_id": "SELECT min(id) FROM accounts_user",
}


@dataclass(frozen=True, slots=True)
class Look:
    """One picture."""

    path: str
    reader: str
    language: str
    theme: str
    width: int
    is_full: bool

    @property
    def file(self) -> str:
        """The name of its file, without the folder."""
        place = re.sub(r"[^a-z0-9]+", "-", self.path.lower()).strip("-") or "home"
        reader = self.reader.split()[-1].lower() if self.reader else "visitor"
        kind = "full" if self.is_full else "empty"
        return f"{kind}_{place}_{reader}_{self.language}_{self.theme}_{self.width}.png"


def main() -> int:
    """Take the pictures and write the sheet."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="*", help="Only addresses that match, such as 'projects/*'.")
    parser.add_argument("--quick", action="store_true", help="Japanese, light and wide only.")
    options = parser.parse_args()
    frames = list(
        itertools.product(
            *([["ja"], ["light"], [1440]] if options.quick else [["ja", "en"], ["light", "dark"], [1440, 390]])
        )
    )
    addresses = _addresses()
    taken: list[Look] = []
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.stderr.write("Chromium is missing (Debian: apt-get install chromium).\n")
        return 1
    with tempfile.TemporaryDirectory(prefix="kaname-look-") as folder, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        for is_full in (True, False):
            home = Path(folder) / ("full" if is_full else "empty")
            if is_full:
                copied_home(KEPT, home)
            wanted = _wanted(addresses, home, is_full=is_full, only=options.only)
            with served(home) as address:
                for language, theme, width in frames:
                    _speak(home, language)
                    looks = [Look(path, reader, language, theme, width, is_full) for path, reader in wanted]
                    taken += _take(browser, address, looks)
    _write_sheet(taken)
    sys.stdout.write(f"{len(taken)} pictures: {LOOK / 'index.html'}\n")
    return 0


def _addresses() -> list[str]:
    os.environ["DJANGO_SETTINGS_MODULE"] = "kaname.site.settings.test"
    import django  # noqa: PLC0415
    from django.urls import URLResolver, get_resolver  # noqa: PLC0415

    django.setup()

    def walk(resolver: URLResolver, prefix: str) -> Iterator[str]:
        for pattern in resolver.url_patterns:
            place = prefix + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from walk(pattern, place)
            else:
                yield place

    return [
        place for place in walk(get_resolver(), "") if not place.startswith(("api/v1/", "ui/components/", "files/"))
    ]


def _wanted(addresses: list[str], home: Path, *, is_full: bool, only: str) -> list[tuple[str, str]]:
    if not is_full:
        found = [
            (place, "") for place in addresses if "<" not in place and any(fnmatch.fnmatch(place, one) for one in EMPTY)
        ]
        return [pair for pair in found if fnmatch.fnmatch(pair[0], only)]
    with sqlite3.connect(home / "kaname.sqlite3") as rows:
        values = {name: str(rows.execute(query).fetchone()[0]) for name, query in ARGUMENTS.items()}
    found = list(EXTRAS)
    for place in addresses:
        names = re.findall(r"<(?:\w+:)?(\w+)>", place)
        if all(name in values for name in names):
            path = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: values[found[1]], place)
            found.append((path, next((reader for pattern, reader in READERS if fnmatch.fnmatch(path, pattern)), HEAD)))
    return list(dict.fromkeys(pair for pair in found if fnmatch.fnmatch(pair[0], only)))


def _speak(home: Path, language: str) -> None:
    """Let every account read in a language: an account's own wish goes before the browser's."""
    with sqlite3.connect(home / "kaname.sqlite3", timeout=20) as rows:
        rows.execute("UPDATE accounts_user SET language = ?", [language])


def _take(browser: Browser, address: str, looks: list[Look]) -> list[Look]:
    """Take the pictures of one language, theme and width; what is no whole page is left out."""
    taken = []
    readers: dict[str, BrowserContext] = {}
    for look in looks:
        if look.reader not in readers:
            readers[look.reader] = _context(browser, address, look)
        context = readers[look.reader]
        answer = context.request.get(f"{address}/{look.path}", fail_on_status_code=False)
        if answer.status != 200 or "<html" not in answer.text()[:2000]:
            if answer.status >= 500:
                sys.stderr.write(f"{answer.status} {look.path} for {look.reader}\n")
            continue
        page = context.new_page()
        page.goto(f"{address}/{look.path}")
        page.wait_for_load_state("networkidle")
        page.screenshot(path=LOOK / look.file, full_page=True)
        page.close()
        taken.append(look)
    for context in readers.values():
        context.close()
    return taken


def _context(browser: Browser, address: str, look: Look) -> BrowserContext:
    context = browser.new_context(viewport={"width": look.width, "height": 900}, color_scheme=look.theme)  # type: ignore[arg-type]
    context.add_cookies(
        [
            {"name": "kaname_language", "value": look.language, "url": address},
            {"name": "kaname_theme", "value": look.theme, "url": address},
        ]
    )
    page = context.new_page()
    if look.is_full:
        page.goto(f"{address}/start/sample/")
        page.locator("tr[data-row]", has_text=look.reader).get_by_role("button").click()
        page.wait_for_load_state("networkidle")
    else:
        _start_empty(page, address)
    page.close()
    return context


def _start_empty(page: Page, address: str) -> None:
    page.goto(f"{address}/start/administrator/")
    if page.locator("[name=password]").count() and page.locator("[name=name]").count():
        page.screenshot(path=LOOK / "empty_start-administrator.png", full_page=True)
        page.fill("[name=name]", "要 太郎")
        page.fill("[name=email]", "taro@example.jp")
        page.fill("[name=password]", "kaname-look-2468")
        page.locator("form button[type=submit], form button:not([type])").first.click()
    else:
        page.goto(f"{address}/sign-in/")
        page.fill("[name=login]", "taro@example.jp")
        page.fill("[name=password]", "kaname-look-2468")
        page.keyboard.press("Enter")
    page.wait_for_load_state("networkidle")


def _write_sheet(looks: list[Look]) -> None:
    figures = "".join(
        f'<figure><a href="{html.escape(look.file)}"><img loading="lazy" src="{html.escape(look.file)}" alt=""></a>'
        f"<figcaption>{html.escape(f'/{look.path} · {look.reader} · {look.language} {look.theme} {look.width}')}</figcaption></figure>"
        for look in sorted(looks, key=lambda look: (not look.is_full, look.path, look.reader, look.width, look.theme))
    )
    style = "body{font:13px sans-serif}figure{display:inline-block;width:340px;margin:8px;vertical-align:top}img{width:100%;max-height:420px;object-fit:cover;object-position:top;border:1px solid #999}"
    page = f"<!doctype html><meta charset=utf-8><title>Kaname</title><style>{style}</style>{figures}"
    (LOOK / "index.html").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    LOOK.mkdir(exist_ok=True)
    sys.exit(main())
