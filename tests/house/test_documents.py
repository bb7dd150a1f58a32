"""Documents and the files for servers speak of what there is: pages of both languages, links, commands, settings."""

import argparse
import re
from importlib import import_module
from pathlib import Path
from typing import Final

import pytest

from kaname.site import settings
from tests.house.source import PACKAGE, ROOT

PAGES: Final = [*sorted(ROOT.glob("docs/**/*.md")), *sorted(ROOT.glob("*.md"))]
DEPLOY: Final = sorted(path for path in (ROOT / "deploy").iterdir() if path.is_file())
VERBS: Final = {path.stem for path in (PACKAGE / "site" / "cli").glob("*.py")}

_SETTING: Final = re.compile(r"KANAME_[A-Z_]*[A-Z]")
_LINK: Final = re.compile(r"\]\((?!\w+:)([^)\s#]+)")
_CODE: Final = re.compile(r"^```sh\n(.*?)^```|`([^`\n]+)`", re.DOTALL | re.MULTILINE)
_COMMAND: Final = re.compile(r"(?:^|/)kaname ([a-z-]+)([^#\n]*)", re.MULTILINE)
_OPTION: Final = re.compile(r"--[a-z-]+")
_STARTS: Final = {
    "kaname.service": re.compile(r"^ExecStart=\S+/kaname ([a-z-]+)(.*)", re.MULTILINE),
    "Dockerfile": re.compile(r'^CMD \["([a-z-]+)"(.*)\]', re.MULTILINE),
}


def _named(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize(("one", "other"), [("en", "ja"), ("ja", "en")])
def test_every_page_has_its_counterpart_and_stands_in_the_list(one: str, other: str) -> None:
    pages = {str(page.relative_to(ROOT / "docs" / one)) for page in ROOT.glob(f"docs/{one}/**/*.md")}
    assert sorted(page for page in pages if not (ROOT / "docs" / other / page).is_file()) == []
    listed = set(_LINK.findall((ROOT / "docs" / one / "index.md").read_text(encoding="utf-8")))
    assert listed == pages - {"index.md"}


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_every_link_leads_somewhere(page: Path) -> None:
    targets = _LINK.findall(page.read_text(encoding="utf-8"))
    assert [target for target in targets if not (page.parent / target).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=_named)
def test_every_command_exists_with_its_options(page: Path) -> None:
    code = [shell or word for shell, word in _CODE.findall(page.read_text(encoding="utf-8"))]
    commands = [command for text in code for command in _COMMAND.findall(text)]
    assert [wrong for verb, rest in commands if (wrong := _wrong(verb, rest))] == []


@pytest.mark.parametrize("page", [*PAGES, *DEPLOY], ids=_named)
def test_every_setting_is_one_that_is_read(page: Path) -> None:
    read = set(_SETTING.findall(settings.__doc__ or "")) | {"KANAME_LANGUAGE", "KANAME_TEST_DATABASE_URL"}
    assert sorted(set(_SETTING.findall(page.read_text(encoding="utf-8"))) - read) == []


def test_settings_told_of_are_those_read_from_the_environment() -> None:
    sources = [*(PACKAGE / "site" / "settings").glob("*.py"), PACKAGE / "site" / "place.py"]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources if path.stem not in {"__init__", "test"})
    read = set(re.findall(r'environ\.get\("(KANAME_[A-Z_]+)"', text))
    assert read == set(_SETTING.findall(settings.__doc__ or ""))


@pytest.mark.parametrize("name", _STARTS)
def test_servers_start_kaname_by_a_command_that_exists(name: str) -> None:
    [(verb, rest)] = _STARTS[name].findall((ROOT / "deploy" / name).read_text(encoding="utf-8"))
    assert (verb, _wrong(verb, rest)) == ("up", "")


def _wrong(verb: str, rest: str) -> str:
    """Return what of a command does not exist, empty where all does."""
    module = verb.replace("-", "_")
    if module not in VERBS:
        return verb
    parser = argparse.ArgumentParser()
    import_module(f"kaname.site.cli.{module}").add_arguments(parser)
    known = set(_OPTION.findall(parser.format_help()))
    return " ".join(sorted(set(_OPTION.findall(rest)) - known))
