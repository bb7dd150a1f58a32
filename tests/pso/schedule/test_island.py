"""The committed script of the plan surface is what its sources make."""

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
ISLAND = ROOT / "islands" / "plan"
COMMITTED = ROOT / "src" / "kaname" / "pso" / "schedule" / "static" / "schedule" / "js" / "plan.js"
ESBUILD = ISLAND / "node_modules" / ".bin" / "esbuild"


@pytest.mark.skipif(
    shutil.which("node") is None or not ESBUILD.exists(), reason="needs node and `npm ci` in islands/plan"
)
def test_committed_script_is_the_built_one(tmp_path: Path) -> None:
    built = tmp_path / "plan.js"
    subprocess.run(["npm", "run", "-s", "build", "--", f"--outfile={built}"], cwd=ISLAND, check=True, timeout=60)
    assert built.read_text(encoding="utf-8") == COMMITTED.read_text(encoding="utf-8")


def test_lock_names_no_registry() -> None:
    assert "resolved" not in (ISLAND / "package-lock.json").read_text(encoding="utf-8")
