"""The wheel alone, in an environment that holds nothing else, is a whole Kaname."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def kaname(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel, install it into an empty environment and return its command."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = shutil.which("uv", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    assert uv, "uv comes with `make setup-dev`"
    environment = folder / "environment"
    run(uv, "build", "--quiet", "--wheel", "--out-dir", str(folder), str(ROOT))
    run(uv, "venv", "--quiet", "--python", sys.executable, str(environment))
    (wheel,) = folder.glob("kaname-*.whl")
    run(uv, "pip", "install", "--quiet", "--python", str(environment), str(wheel))
    return environment / "bin" / "kaname"


def run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def started(kaname: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KANAME_", "PYTHON", "DJANGO_"))}
    with subprocess.Popen(
        [str(kaname), "up", "--port", str(port)],
        env=kept | {"KANAME_HOME": str(tmp_path / "home")},
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        yield process, f"http://127.0.0.1:{port}/"
        process.terminate()


def test_installed_wheel_starts_serves_its_first_page_and_stops(started: tuple[subprocess.Popen[str], str]) -> None:
    process, address = started
    assert process.stdout is not None
    said = []
    for line in process.stdout:
        said.append(line)
        if address in line:
            break
    assert address in said[-1], "".join(said)

    with urllib.request.urlopen(address, timeout=30) as answer:
        page = answer.read().decode()
    (style, *_) = re.findall(r'href="(/static/[^"]+\.css)"', page)
    with urllib.request.urlopen(f"{address.rstrip('/')}{style}", timeout=30) as answer:
        rules = answer.read()

    assert ("<title>" in page, 'lang="ja"' in page, len(rules) > 100) == (True, True, True)
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=40) == 0
