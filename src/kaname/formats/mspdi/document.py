"""From bytes to elements: encoding, safe XML, one record at a time."""

import codecs
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from kaname.engine.text import Message, gettext_noop
from kaname.formats.account import Account
from kaname.formats.mspdi.element import (
    MAX_ATTRIBUTES,
    MAX_DEPTH,
    Builder,
    Element,
    TooDeepError,
    TooManyAttributesError,
)
from kaname.formats.types import FileRefused

MAX_BYTES: Final = 128 * 1024 * 1024
RECORDS: Final = {"Calendars": "Calendar", "Tasks": "Task", "Resources": "Resource", "Assignments": "Assignment"}
"""The lists whose entries are handed out one by one."""

_CHUNK: Final = 1 << 16
_BYTE_ORDER_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DECLARED: Final = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._\-]{1,40})["']""")
_FALLBACKS: Final = ("utf-8", "cp932", "cp1252")
_FORBIDDEN_CHARACTERS: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|&#(?:0*(?:[0-8]|1[1-2]|1[4-9]|2[0-9]|3[01])|x0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));"
)
_GET_XML: Final = gettext_noop(
    'In Microsoft Project, save the plan with "Save as" as "XML format" and import that file.'
)


class _Silent:
    """Target of the parser's own handlers, which the builder replaces by faster ones."""

    def close(self) -> None:
        """Hand out nothing: records go out one by one."""


class Document:
    """A project file on its way in.

    Parameters
    ----------
    data, file
        The bytes and the name that messages give them.
    account
        Sees every element and attribute.

    Attributes
    ----------
    root
        The `Project` element with all that is no record, whole after `records` is exhausted.
    encoding
        How the bytes were decoded.
    """

    def __init__(self, data: bytes, *, file: str, account: Account) -> None:
        if len(data) > MAX_BYTES:
            raise FileRefused(
                Message(
                    gettext_noop("The file is larger than %(limit)s MB, which no plan needs."),
                    {"limit": MAX_BYTES // (1024 * 1024)},
                ),
                file=file,
                advice=Message(gettext_noop("Split the plan or leave out its history, and import again.")),
            )
        self.file = file
        self.account = account
        self.repairs: list[Message] = []
        text, self.encoding = _decode(data, file=file, repairs=self.repairs)
        self._text = _without_forbidden_characters(text, self.repairs)
        self._builder = Builder(RECORDS)

    @property
    def root(self) -> Element:
        """The `Project` element."""
        if self._builder.root is None:
            raise _not_xml(self.file, line=1)
        return self._builder.root

    def records(self) -> Iterator[Element]:
        """Yield the entries of the calendars, tasks, resources and assignments in the order of the file.

        Raises
        ------
        FileRefused
            If the text is no XML, carries a document type, or is no project.
        """
        parser = DefusedXMLParser(target=_Silent(), forbid_dtd=True)
        self._builder.listen_to(parser.parser)
        text, self._text = self._text, ""
        for begin in range(0, len(text), _CHUNK):
            self._feed(parser, text[begin : begin + _CHUNK])
            yield from self._builder.hand_out(self.account)
        self._finish(parser)
        self._builder.hand_out(self.account)

    def _feed(self, parser: DefusedXMLParser, chunk: str) -> None:
        had_root = self._builder.root is not None
        with self._refusing(parser):
            parser.feed(chunk)
        if not had_root and self._builder.root is not None and self._builder.root.tag != "Project":
            raise _no_project(self.file, tag=self._builder.root.tag)

    def _finish(self, parser: DefusedXMLParser) -> None:
        """End the file; the parser may have kept a long piece back until here."""
        with self._refusing(parser):
            parser.close()

    @contextmanager
    def _refusing(self, parser: DefusedXMLParser) -> Iterator[None]:
        try:
            yield
        except DefusedXmlException as error:
            raise _unsafe(self.file, line=parser.parser.CurrentLineNumber) from error
        except ParseError as error:
            raise _not_xml(self.file, line=error.position[0]) from error
        except TooDeepError as error:
            raise _too_deep(self.file, line=parser.parser.CurrentLineNumber) from error
        except TooManyAttributesError as error:
            raise _too_wide(self.file, line=parser.parser.CurrentLineNumber) from error


def _decode(data: bytes, *, file: str, repairs: list[Message]) -> tuple[str, str]:
    """Return the text and the name of its encoding; note a repair where the file says another one than it uses."""
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decoded(data, name, file), name.removesuffix("-sig")
    if data[:2] == b"<\x00":
        return _decoded(data, "utf-16-le", file), "utf-16-le"
    if data[:2] == b"\x00<":
        return _decoded(data, "utf-16-be", file), "utf-16-be"
    match = _DECLARED.match(data[:400])
    declared = match.group(1).decode("ascii").lower() if match else "utf-8"
    candidates = [declared, *_FALLBACKS] if _is_text_encoding(declared) else list(_FALLBACKS)
    for name in candidates:
        try:
            text = data.decode(name)
        except UnicodeError:
            continue
        if name != declared:
            repairs.append(
                Message(
                    gettext_noop(
                        "The file says that it is written in %(declared)s but it is not; it was read as %(used)s."
                    ),
                    {"declared": declared, "used": name},
                )
            )
        return text, name
    raise _not_text(file)


def _decoded(data: bytes, encoding: str, file: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _not_text(file) from error


def _is_text_encoding(name: str) -> bool:
    try:
        b"a".decode(name)
    except (LookupError, UnicodeError):
        return False
    return not name.startswith(("utf-16", "utf-32"))


def _without_forbidden_characters(text: str, repairs: list[Message]) -> str:
    """Replace characters that XML forbids by a space, as pasted notes sometimes carry them."""
    repaired, count = _FORBIDDEN_CHARACTERS.subn(" ", text)
    if count:
        repairs.append(
            Message(
                gettext_noop("%(count)s characters that XML forbids were replaced by spaces."),
                {"count": count},
            )
        )
    return repaired


def _not_text(file: str) -> FileRefused:
    return FileRefused(Message(gettext_noop("The file is not readable as text.")), file=file, advice=Message(_GET_XML))


def _not_xml(file: str, *, line: int) -> FileRefused:
    return FileRefused(
        Message(gettext_noop("The file is not well-formed XML, or it is cut off.")),
        file=file,
        place=f"line {line}",
        advice=Message(_GET_XML),
    )


def _unsafe(file: str, *, line: int) -> FileRefused:
    return FileRefused(
        Message(
            gettext_noop("The file carries a document type or entities, which no plan needs and which can do harm.")
        ),
        file=file,
        place=f"line {line}",
        advice=Message(gettext_noop("Ask where the file comes from; save the plan again from Microsoft Project.")),
    )


def _too_deep(file: str, *, line: int) -> FileRefused:
    return FileRefused(
        Message(
            gettext_noop("Elements are nested more than %(limit)s deep; this is no project file."), {"limit": MAX_DEPTH}
        ),
        file=file,
        place=f"line {line}",
        advice=Message(_GET_XML),
    )


def _too_wide(file: str, *, line: int) -> FileRefused:
    return FileRefused(
        Message(
            gettext_noop("An element has more than %(limit)s attributes; this is no project file."),
            {"limit": MAX_ATTRIBUTES},
        ),
        file=file,
        place=f"line {line}",
        advice=Message(_GET_XML),
    )


def _no_project(file: str, *, tag: str) -> FileRefused:
    return FileRefused(
        Message(
            gettext_noop("This is XML but no Microsoft Project plan: it begins with <%(tag)s>."), {"tag": tag[:60]}
        ),
        file=file,
        place="line 1",
        advice=Message(_GET_XML),
    )
