"""All pages under the eyes of axe, as a person opens them: Japanese and English, by day and by night.

    python -m benchmarks.accessible

Serves the sample company and an installation that nobody has started, follows links to one page of every kind, adds states
that no link leads to (missing, refused, broken, forms with errors, visitors, the first start), and prints how many pages
were looked at in how many looks, and what is wrong.  Each page must also fit a telephone and leave the console silent.
"""

import os
import sys
import tempfile
from pathlib import Path

LANGUAGES = ("ja", "en")
THEMES = ("light", "dark")


def main() -> int:
    """Look at all pages; return 1 where something is wrong."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "kaname.site.settings.test"
    import django

    django.setup()
    from playwright.sync_api import sync_playwright

    from tests.browser import FLAGS, chromium
    from tests.flows.examining import FLAG, SETTINGS, examine, first_sights, sights
    from tests.flows.walking import Site
    from tools.sample_home import ROOT, command, copied_home, served

    with tempfile.TemporaryDirectory(prefix="kaname-axe-") as folder, sync_playwright() as driver:
        home = copied_home(ROOT / "look" / ".homes", Path(folder) / "home")
        empty = Path(folder) / "empty"
        empty.mkdir()
        command([sys.executable, "-m", "kaname.site.processes.prepare"], home=empty)
        browser = driver.chromium.launch(executable_path=chromium(), args=[*FLAGS, FLAG])
        with served(home, settings=SETTINGS) as address, served(empty) as first_address:
            site, first = Site(home, address), Site(empty, first_address)
            site.speak("ja")
            found = sights(browser, site)
            faults, seen = [], 0
            for language in LANGUAGES:
                site.speak(language)
                looked_at = [*found, *first_sights(browser, first, language=language)]
                seen = len(looked_at)
                for sight in looked_at:
                    for fault in examine(sight, themes=THEMES):
                        faults.append(fault)
                        print(f"{fault.sight} [{fault.look}] {fault.rule}: {fault.target}", flush=True)
                print(f"{language}: {seen} pages", flush=True)
            browser.close()
    violations = [fault for fault in faults if fault.rule not in {"heard", "status", "wide"}]
    print(
        f"{seen} pages x {len(LANGUAGES)} languages x {len(THEMES)} lights = "
        f"{seen * len(LANGUAGES) * len(THEMES)} looks: {len(violations)} violations of axe, "
        f"{len(faults) - len(violations)} other faults"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
