"""All pages under the eyes of axe, as a person opens them: Japanese and English, by day and by night.

    python -m benchmarks.accessible

Serves the sample company, follows links to one page of every kind, adds states that no link leads to (missing, refused,
forms with errors, visitors), and prints how many pages were looked at in how many looks, and what is wrong.  Each page
must also fit a telephone and leave the console silent.
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
    from tests.flows.examining import FLAG, examine, sights
    from tests.flows.walking import Site
    from tools.sample_home import ROOT, copied_home, served

    with tempfile.TemporaryDirectory(prefix="kaname-axe-") as folder:
        home = copied_home(ROOT / "look" / ".homes", Path(folder) / "home")
        with served(home) as address, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=chromium(), args=[*FLAGS, FLAG])
            site = Site(home, address)
            site.speak("ja")
            found = sights(browser, site)
            faults = []
            for language in LANGUAGES:
                site.speak(language)
                for sight in found:
                    for fault in examine(sight, themes=THEMES):
                        faults.append(fault)
                        print(f"{fault.sight} [{fault.look}] {fault.rule}: {fault.target}", flush=True)
                print(f"{language}: {len(found)} pages", flush=True)
            browser.close()
    violations = [fault for fault in faults if fault.rule not in {"heard", "status", "wide"}]
    print(
        f"{len(found)} pages x {len(LANGUAGES)} languages x {len(THEMES)} lights = "
        f"{len(found) * len(LANGUAGES) * len(THEMES)} looks: {len(violations)} violations of axe, "
        f"{len(faults) - len(violations)} other faults"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
