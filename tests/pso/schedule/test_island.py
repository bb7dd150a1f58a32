"""The script of the plan surface: its own tests pass, and the committed one is what its sources make."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ISLAND = ROOT / "islands" / "plan"
COMMITTED = ROOT / "src" / "kaname" / "pso" / "schedule" / "static" / "schedule" / "js" / "plan.js"


@pytest.fixture
def npm() -> str:
    """Return the program that runs the island's scripts; without it the test is skipped, in CI it fails."""
    program = shutil.which("npm")
    if program and (ISLAND / "node_modules").is_dir():
        return program
    need = "needs node 20 or later (Debian: apt-get install nodejs npm), then `make setup-dev` once more"
    if os.environ.get("CI") == "true":
        pytest.fail(need)
    pytest.skip(need)


def run(npm: str, *arguments: str) -> None:
    command = [npm, "run", "-s", *arguments]
    done = subprocess.run(command, check=False, cwd=ISLAND, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stdout + done.stderr


def test_committed_script_is_the_built_one(npm: str, tmp_path: Path) -> None:
    built = tmp_path / "plan.js"
    run(npm, "build", "--", f"--outfile={built}")
    assert built.read_text(encoding="utf-8") == COMMITTED.read_text(encoding="utf-8")


def test_sources_keep_their_types_and_pass_their_own_tests(npm: str) -> None:
    run(npm, "check")
    run(npm, "test")


def test_lock_names_no_registry() -> None:
    assert "resolved" not in (ISLAND / "package-lock.json").read_text(encoding="utf-8")
