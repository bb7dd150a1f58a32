"""How fast the plan surface draws: first frame and scroll frames in Chromium, for 2,000 and 5,000 rows.

Run `python -m benchmarks.surface`; needs Chromium and the test database's rights.  The floor is the frame of a 60 Hz screen,
16.7 ms: the script's own work in a scroll frame is measured against it.
"""

import json
import os
import shutil
import sys
import tempfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

from playwright.sync_api import Page, sync_playwright

STATIC = Path(__file__).resolve().parents[1] / "src" / "kaname"
FRAME_MS = 1000 / 60
SIZES = (2000, 5000)
DAY = 1440
COLUMNS = (
    "id", "version", "number", "level", "parent", "wbs", "name", "kind", "flags", "start", "finish", "percent",
    "duration", "predecessors", "links", "people", "float", "baselineStart", "baselineFinish", "difference", "deadline",
)  # fmt: skip
FIRST_DAY = 20544

WATCH = """
window.spent = [];
const ask = window.requestAnimationFrame.bind(window);
window.requestAnimationFrame = (act) => ask((at) => {
  const begun = performance.now();
  act(at);
  window.spent.push(performance.now() - begun);
});
"""

SCROLL = """
async () => {
  const chart = document.querySelector('[data-part=chart]');
  const frames = [];
  window.spent.length = 0;
  let before = performance.now();
  for (let at = 0; at < 120; at += 1) {
    chart.scrollTop += 173;
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const now = performance.now();
    frames.push(now - before);
    before = now;
  }
  const work = window.spent.filter((spent) => spent > 0.2);
  const sorted = (list) => list.sort((one, other) => one - other);
  const [f, w] = [sorted(frames), sorted(work)];
  const at = (list, share) => list[Math.floor(list.length * share)];
  return { frame: [at(f, 0.5), at(f, 0.95)], work: [at(w, 0.5), at(w, 0.95)] };
}
"""


def rows(count: int) -> dict[str, Any]:
    """Return a plan of `count` rows: work packages of nine tasks in chains, every third one with a baseline."""
    made = []
    package = 0
    for number in range(1, count + 1):
        is_package = number % 10 == 1
        package = number if is_package else package
        day = FIRST_DAY + number // 4
        begin, end = day * DAY + 540, (day + (20 if is_package else 3)) * DAY + 1080
        links = [] if is_package or number % 10 == 2 else [[number - 1, "fs"]]
        made.append(
            [number, 1, number, 0 if is_package else 1, None if is_package else package, f"{number}", f"タスク {number}",
             "summary" if is_package else "work", number % 3 == 0, begin, end, number % 11 * 90, "3日",
             str(number - 1) if links else "", links, "佐藤 花子", "2日", begin, end - DAY, "+1日", None]
        )  # fmt: skip
    off = [day for day in range(FIRST_DAY - 60, FIRST_DAY + count) if (day + 3) % 7 > 4]
    plan = {"run": 1, "start": FIRST_DAY * DAY + 540, "finish": None, "status": (FIRST_DAY + 40) * DAY + 1080,
            "today": (FIRST_DAY + 45) * DAY}  # fmt: skip
    return {"columns": COLUMNS, "rows": made, "plan": plan, "daysOff": off, "members": []}


PAGE = """<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>plan</title>
<link rel="stylesheet" href="/ui/static/ui/css/kaname.css"><link rel="stylesheet" href="/pso/schedule/static/schedule/css/surface.css">
<script type="importmap">{"imports": {"kaname/say": "/ui/static/ui/js/say.js"}}</script></head><body><main class="main">
<section class="surface" id="plan-surface" hidden data-rows-url="/rows" data-edit-url="/edit" data-task-url="/tasks/0/" data-may-edit="true">
<div class="surface-bar"><p data-part="note"></p></div><div class="surface-panes"><div class="surface-table" data-part="table"></div>
<div class="surface-split" data-part="split"></div><div class="surface-chart" data-part="chart"></div></div></section></main>
<script type="application/json" id="plan-words">{"done": "%(count)s"}</script>
<script type="module" src="/pso/schedule/static/schedule/js/plan.js"></script></body></html>"""
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


class Server(BaseHTTPRequestHandler):
    """Serves the page, the rows and the files that the page asks for."""

    body: ClassVar[bytes] = b""

    def do_GET(self) -> None:
        """Answer."""
        if self.path == "/":
            return self._answer(PAGE.encode(), "text/html; charset=utf-8")
        if self.path.startswith("/rows"):
            return self._answer(self.body, "application/json")
        file = STATIC / self.path.lstrip("/").split("?")[0]
        if file.is_file():
            return self._answer(file.read_bytes(), KINDS.get(file.suffix, "application/octet-stream"))
        self.send_error(404)
        return None

    def log_message(self, *_args: object) -> None:
        """Stay silent."""

    def _answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def measure(page: Page, address: str) -> dict[str, Any]:
    """Open the surface, wait for its first frame, scroll through it."""
    page.goto(address)
    page.wait_for_function("performance.getEntriesByName('plan:shown').length")
    marks = page.evaluate(
        "Object.fromEntries(['begin', 'loaded', 'shown'].map((name) => [name, performance.getEntriesByName(`plan:${name}`)[0].startTime]))"
    )
    return {"first": marks["shown"] - marks["loaded"], **page.evaluate(SCROLL)}


def main() -> None:
    """Measure and print."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    path = shutil.which("chromium")
    if path is None:
        sys.exit("Chromium is missing: apt-get install chromium")
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"], env={**os.environ, "HOME": folder}
        )
        print("  rows  first frame   work in a scroll frame (p50 / p95)   of a 16.7 ms frame   whole frame (p50 / p95)")
        for size in SIZES:
            Server.body = json.dumps(rows(size)).encode()
            page = browser.new_page(viewport={"width": 1440, "height": 900})
            page.add_init_script(WATCH)
            found = measure(page, address)
            work, frame = found["work"], found["frame"]
            print(
                f"{size:6,}  {found['first']:8.0f} ms   {work[0]:6.1f} ms / {work[1]:5.1f} ms"
                f"{work[1] / FRAME_MS:28.0%}   {frame[0]:12.1f} ms / {frame[1]:5.1f} ms"
            )
            page.close()
        browser.close()
    server.shutdown()


if __name__ == "__main__":
    main()
