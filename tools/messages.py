"""Message catalogues: extract every marked string, update the `.po` files, compile the `.mo` files.

    python tools/messages.py [package …]    all packages with a `locale` folder, or only the named ones

Each package of `src/kaname` with a `locale` folder owns the strings of the files below it, down to the next such package.
Existing translations and translator's remarks are kept, strings that are gone are dropped.  Files carry neither line
numbers nor dates nor tool versions, so a catalogue changes only when its strings do.
"""

import ast
import re
import struct
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Row
from babel.messages.pofile import read_po, write_po
from django.template.base import Lexer, Token, TokenType
from django.utils.translation import trim_whitespace

ROOT: Final = Path(__file__).resolve().parents[1]
SOURCES: Final = ROOT / "src" / "kaname"
LANGUAGES: Final = ("ja",)
HEADER: Final = """\
msgid ""
msgstr ""
"Project-Id-Version: Kaname\\n"
"Language: {language}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"""

_PLAIN: Final = frozenset({"gettext", "gettext_lazy", "gettext_noop", "_"})
_CONTEXTUAL: Final = frozenset({"pgettext", "pgettext_lazy"})
_PLURAL: Final = frozenset({"ngettext", "ngettext_lazy"})
_CONTEXTUAL_PLURAL: Final = frozenset({"npgettext", "npgettext_lazy"})
_REMARK: Final = "Translators:"
_QUOTED: Final = re.compile(r"""^(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')""")
_CONSTANT: Final = re.compile(r"""_\((?:"(?P<double>.*?)"|'(?P<single>.*?)')\)""")


class UnreadableMark(Exception):
    """A marked string that no catalogue can hold, with file and line."""


@dataclass(frozen=True, slots=True)
class Marked:
    """One string marked for translation; `plural` is empty where there is no number."""

    singular: str
    plural: str = ""
    context: str = ""
    remarks: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, str]:
        """What a catalogue looks it up by."""
        return (self.context, self.singular)


@dataclass(slots=True)
class Collected:
    """A marked string with all files that use it."""

    marked: Marked
    files: list[str] = field(default_factory=list)


def packages(sources: Path = SOURCES) -> list[Path]:
    """Return the packages that have a `locale` folder, by path."""
    return sorted(folder.parent for folder in sources.rglob("locale") if folder.is_dir())


def owner_of(file: Path, owners: Sequence[Path]) -> Path | None:
    """Return the nearest package above a file, `None` without any."""
    above = [owner for owner in owners if owner in file.parents]
    return max(above, key=lambda owner: len(owner.parts), default=None)


def source_files(sources: Path = SOURCES) -> list[Path]:
    """Return the files that can hold marked strings: Python and templates, by path."""
    found = [file for file in sources.rglob("*.py") if "migrations" not in file.parts]
    found += [file for kind in ("*.html", "*.txt") for file in sources.rglob(kind) if "templates" in file.parts]
    return sorted(found)


def extract(file: Path) -> list[Marked]:
    """Return the marked strings of one file in order of appearance."""
    text = file.read_text(encoding="utf-8")
    return list(extract_python(text, str(file)) if file.suffix == ".py" else extract_template(text))


def extract_python(text: str, name: str) -> Iterator[Marked]:
    """Yield the marked strings of Python source.

    Raises
    ------
    UnreadableMark
        If a marked string is an f-string: its words would never be found in a catalogue.
    """
    lines = text.splitlines()
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        function = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        places = _places(function)
        if not places or len(call.args) < len(places):
            continue
        if any(isinstance(argument, ast.JoinedStr) for argument in call.args[: len(places)]):
            raise UnreadableMark(f"{name}:{call.lineno}: a marked string must not be an f-string")
        values = [argument.value if isinstance(argument, ast.Constant) else None for argument in call.args]
        words = {place: value for place, value in zip(places, values, strict=False) if isinstance(value, str)}
        if len(words) == len(places) and words["singular"]:
            yield Marked(**words, remarks=_remarks(lines, call.lineno))


def _places(function: str) -> tuple[str, ...]:
    if function in _PLAIN:
        return ("singular",)
    if function in _CONTEXTUAL:
        return ("context", "singular")
    if function in _PLURAL:
        return ("singular", "plural")
    return ("context", "singular", "plural") if function in _CONTEXTUAL_PLURAL else ()


def _remarks(lines: list[str], line_number: int) -> tuple[str, ...]:
    above: list[str] = []
    for line in reversed(lines[: line_number - 1]):
        if not line.lstrip().startswith("#"):
            return ()
        above.insert(0, line.strip().removeprefix("#").strip())
        if above[0].startswith(_REMARK):
            return tuple(above)
    return ()


def extract_template(text: str) -> Iterator[Marked]:
    """Yield the marked strings of a Django template exactly as its tags will look them up."""
    tokens = iter(Lexer(text).tokenize())
    for token in tokens:
        if token.token_type is TokenType.VAR:
            yield from _constants(token)
        elif token.token_type is TokenType.BLOCK:
            name = token.split_contents()[0]
            if name == "comment":
                _skip(tokens, "endcomment")
            elif name in {"translate", "trans"}:
                yield from _inline(token)
            elif name in {"blocktranslate", "blocktrans"}:
                yield from _constants(token)
                yield _block(token, tokens)
            else:
                yield from _constants(token)


def _skip(tokens: Iterator[Token], end: str) -> None:
    for token in tokens:
        if token.token_type is TokenType.BLOCK and token.contents.split()[0] == end:
            return


def _constants(token: Token) -> Iterator[Marked]:
    for match in _CONSTANT.finditer(token.contents):
        yield Marked((match["double"] or match["single"] or "").replace("%", "%%"))


def _inline(token: Token) -> Iterator[Marked]:
    bits = token.split_contents()
    constant = _QUOTED.match(bits[1])
    if constant:
        yield Marked(_unquoted(constant).replace("%", "%%"), context=_context(bits))


def _context(bits: list[str]) -> str:
    if "context" not in bits:
        return ""
    constant = _QUOTED.match(bits[bits.index("context") + 1])
    return _unquoted(constant) if constant else ""


def _unquoted(match: re.Match[str]) -> str:
    return match["double"] if match["double"] is not None else match["single"]


def _block(opening: Token, tokens: Iterator[Token]) -> Marked:
    parts: list[list[str]] = [[]]
    for token in tokens:
        if token.token_type is TokenType.TEXT:
            parts[-1].append(token.contents.replace("%", "%%"))
        elif token.token_type is TokenType.VAR:
            parts[-1].append(f"%({token.contents.strip()})s")
        elif token.token_type is TokenType.BLOCK:
            if token.contents.strip() != "plural":
                break
            parts.append([])
    bits = opening.split_contents()
    texts = ["".join(part) for part in parts]
    if "trimmed" in bits:
        texts = [trim_whitespace(text) for text in texts]
    return Marked(texts[0], plural=texts[1] if len(texts) > 1 else "", context=_context(bits))


def collect(owner: Path, owners: Sequence[Path], sources: Path = SOURCES) -> list[Collected]:
    """Return the strings that a package owns, in order of file and appearance, each once.

    Raises
    ------
    UnreadableMark
        If one string is used with and without a plural, or with two plurals: a catalogue has one row for both.
    """
    found: dict[tuple[str, str], Collected] = {}
    for file in source_files(sources):
        if owner_of(file, owners) != owner:
            continue
        place = file.relative_to(sources).as_posix()
        for marked in extract(file):
            kept = found.setdefault(marked.key, Collected(marked))
            if marked.plural and kept.marked.plural and marked.plural != kept.marked.plural:
                raise UnreadableMark(f"{file}: {marked.singular!r} has another plural in {kept.files[0]}")
            if marked.plural and not kept.marked.plural:
                kept.marked = marked
            if place not in kept.files:
                kept.files.append(place)
    return list(found.values())


def catalogue_path(owner: Path, language: str) -> Path:
    """Return where a package keeps its catalogue of a language."""
    return owner / "locale" / language / "LC_MESSAGES" / "django.po"


def read_catalogue(path: Path, language: str) -> Catalog:
    """Read a catalogue; an absent file is an empty one."""
    if not path.exists():
        return Catalog(locale=language)
    with path.open("rb") as stream:
        return read_po(stream, locale=language, ignore_obsolete=True)


def updated(strings: Sequence[Collected], existing: Catalog, language: str) -> Catalog:
    """Return a catalogue of exactly these strings, translated where the existing one knows them."""
    fresh = Catalog(locale=language)
    for collected in strings:
        marked = collected.marked
        known = existing.get(marked.singular, marked.context or None)
        fresh.add(
            (marked.singular, marked.plural) if marked.plural else marked.singular,
            string=_kept(known, is_plural=bool(marked.plural)),
            locations=[(place, 0) for place in collected.files],
            auto_comments=marked.remarks,
            user_comments=known.user_comments if known else (),
            context=marked.context or None,
        )
    return fresh


def _kept(known: Row | None, *, is_plural: bool) -> str | tuple[str, ...]:
    translation: str | Sequence[str] = known.string if known and not known.fuzzy else ""
    first = translation if isinstance(translation, str) else (translation or ("",))[0]
    return (first,) if is_plural else first


def po_text(catalogue: Catalog, language: str) -> str:
    """Return a catalogue as the text of a `.po` file with our own short header."""
    buffer = BytesIO()
    write_po(buffer, catalogue, width=120, omit_header=True, include_lineno=False, sort_output=False)
    return f"{HEADER.format(language=language)}\n{buffer.getvalue().decode('utf-8').strip()}\n"


def compiled(catalogue: Catalog, language: str) -> bytes:
    """Return a catalogue as the bytes of a `.mo` file, the same for the same translations."""
    header = "".join(re.findall(r'^"(.*)"$', HEADER.format(language=language), re.MULTILINE)).replace("\\n", "\n")
    rows = {b"": header.encode()}
    for row in catalogue:
        texts = [row.string] if isinstance(row.string, str) else list(row.string)
        if row.id and all(texts) and not row.fuzzy:
            rows[_lookup_key(row)] = "\0".join(texts).encode()
    return _mo_file(sorted(rows.items()))


def _lookup_key(row: Row) -> bytes:
    words = row.id if isinstance(row.id, str) else "\0".join(row.id)
    return (f"{row.context}\x04{words}" if row.context else words).encode()


def _mo_file(rows: list[tuple[bytes, bytes]]) -> bytes:
    start = 7 * 4 + 16 * len(rows)
    keys = b"".join(key + b"\0" for key, _text in rows)
    key_table, text_table = b"", b""
    key_at, text_at = start, start + len(keys)
    for key, text in rows:
        key_table += struct.pack("<II", len(key), key_at)
        text_table += struct.pack("<II", len(text), text_at)
        key_at += len(key) + 1
        text_at += len(text) + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(rows), 28, 28 + 8 * len(rows), 0, start)
    return head + key_table + text_table + keys + b"".join(text + b"\0" for _key, text in rows)


def update(owner: Path, owners: Sequence[Path], sources: Path = SOURCES) -> dict[str, int]:
    """Rewrite a package's catalogues and return the number of strings without a translation by language."""
    strings = collect(owner, owners, sources)
    missing = {}
    for language in LANGUAGES:
        path = catalogue_path(owner, language)
        fresh = updated(strings, read_catalogue(path, language), language)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(po_text(fresh, language), encoding="utf-8")
        path.with_suffix(".mo").write_bytes(compiled(fresh, language))
        missing[language] = sum(
            1 for row in fresh if row.id and not all([row.string] if isinstance(row.string, str) else row.string)
        )
    return missing


def main(arguments: Sequence[str]) -> int:
    """Update the named packages, or all, and say what lacks a translation."""
    owners = packages()
    wanted = [Path(argument).resolve() for argument in arguments] or owners
    unknown = [str(folder) for folder in wanted if folder not in owners]
    if unknown:
        print(f"no locale folder: {', '.join(unknown)}", file=sys.stderr)  # noqa: T201 - a command line tool
        return 2
    for owner in wanted:
        for language, count in update(owner, owners).items():
            print(f"{owner.relative_to(ROOT)} {language}: {count} without a translation")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
