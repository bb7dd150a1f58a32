"""Who may import whom: the contracts of pyproject.toml hold, and each of them catches what it forbids."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.house.source import ROOT, settings_of

CONTRACTS: Final = {contract["id"]: contract["name"] for contract in settings_of("importlinter")["contracts"]}
KERNEL: Final = ("accounts", "files", "jobs", "journal", "notices", "rules", "search")
BAD: Final = {
    "floors": ("kernel/text.py", "import kaname.ui.forms"),
    "pmo": ("pmo/learning/models.py", "import kaname.pmo.portfolio.models"),
    "pso": ("pso/desk/models.py", "import kaname.pso.testing.models"),
    "ground": ("ground/people/models.py", "import kaname.ground.projects.models"),
    "furniture": ("ground/people/helpers.py", ""),
    "stones": ("engine/units.py", "import django"),
    "kernel": ("kernel/records.py", "import kaname.engine.network"),
    "pages": ("pso/issues/queries.py", "import kaname.ui.forms"),
    "files": ("pso/issues/operations.py", "import kaname.formats.detect"),
    "computing": ("pso/issues/models.py", "import kaname.engine.network"),
    "rings": ("engine/network.py", "import kaname.engine.quality"),
}
SOUND: Final = {
    "site/urls.py": "import kaname.pmo.portfolio.web",
    "pmo/portfolio/web.py": "import kaname.ui.forms, kaname.pmo.portfolio.operations",
    "pmo/portfolio/operations.py": "import kaname.pso.issues.operations, kaname.engine.network, kaname.pmo.portfolio.models",
    "pmo/portfolio/models.py": "import kaname.engine.text",
    "pso/issues/web.py": "",
    "ground/projects/models.py": "import kaname.kernel.text",
    "ui/forms.py": "import kaname.kernel.text",
    "formats/detect.py": "import kaname.engine.text",
    "engine/quality.py": "import kaname.engine.network",
    "engine/text.py": "",
} | {f"kernel/{mechanism}/types.py": "" for mechanism in KERNEL}


def lint(package: Path) -> dict[str, str]:
    """Return `KEPT` or `BROKEN` by the contract's id, for the package in a folder."""
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", ROOT / "pyproject.toml", "--no-cache"],
        env=os.environ | {"PYTHONPATH": str(package), "COLUMNS": "400"},
        cwd=package,
        capture_output=True,
        text=True,
        check=False,
    )
    said = dict(re.findall(r"^(.*?) (KEPT|BROKEN)\b", done.stdout, re.MULTILINE))
    assert set(said) == set(CONTRACTS.values()), done.stdout + done.stderr
    return {contract: said[name] for contract, name in CONTRACTS.items()}


def house(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = folder / "kaname" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n")
        for parent in path.relative_to(folder).parents[:-1]:
            (folder / parent / "__init__.py").touch()
    return folder


def test_contracts_hold() -> None:
    assert lint(ROOT / "src") == dict.fromkeys(CONTRACTS, "KEPT")


def test_every_contract_is_proven_below() -> None:
    assert BAD.keys() == CONTRACTS.keys()


def test_sound_house_keeps_every_contract(tmp_path: Path) -> None:
    assert lint(house(tmp_path, SOUND)) == dict.fromkeys(CONTRACTS, "KEPT")


def test_bad_imports_break_their_contracts(tmp_path: Path) -> None:
    imported = {
        text.removeprefix("import ").replace(".", "/") + ".py": "" for _, text in BAD.values() if "kaname" in text
    }
    there = {name.removeprefix("kaname/"): text for name, text in imported.items()}
    assert lint(house(tmp_path, there | SOUND | dict(BAD.values()))) == dict.fromkeys(CONTRACTS, "BROKEN")


def test_unknown_room_and_unknown_floor_break_their_contracts(tmp_path: Path) -> None:
    found = lint(house(tmp_path, SOUND | {"pso/somewhere/models.py": "", "attic/models.py": ""}))
    assert (found["pso"], found["floors"]) == ("BROKEN", "BROKEN")
