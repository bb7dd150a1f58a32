"""The shipped settings are fit for the open network as they are."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def check_deploy(home: Path, **chosen: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KANAME_", "DJANGO_"))}
    settings = {
        "KANAME_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "kaname.site.settings",
        "PYTHONPATH": str(ROOT / "src"),
        "KANAME_MAIL_URL": "smtp://user:password@mail.example.jp:587/?tls=1&from=kaname@example.jp",
    }
    return subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env=kept | settings | chosen,
        capture_output=True,
        text=True,
        check=False,
    )


def test_settings_of_an_https_address_have_nothing_to_complain_of(tmp_path: Path) -> None:
    done = check_deploy(tmp_path, KANAME_BASE_URL="https://kaname.example.jp")
    assert (done.returncode, done.stderr) == (0, "")


def test_settings_of_a_plain_address_are_not_fit_for_the_open_network(tmp_path: Path) -> None:
    done = check_deploy(tmp_path, KANAME_BASE_URL="http://kaname.example.jp")
    assert done.returncode == 1
    assert "security.W012" in done.stderr
