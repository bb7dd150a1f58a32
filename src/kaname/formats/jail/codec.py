"""Values of frozen dataclasses to JSON and back, led by their type hints.

The parent decodes what a child wrote that may have been taken over by the file it read.  So there is no pickle: a value is
built only from the classes that the wanted type names, every scalar is checked, and nothing else can come of it.
"""

import json
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, Final

type _Codec = tuple[Callable[[Any], Any], Callable[[Any], Any]]

LONGEST_TEXT: Final = 1_000_000


class CodecError(ValueError):
    """The bytes are no value of the wanted type."""


class TooLongText(CodecError):
    """A text is longer than any that a plan needs."""


def encode(value: object) -> bytes:
    """Return a dataclass value as JSON; fields that hold their default are left out.

    Examples
    --------
    >>> from kaname.engine.network.plan import Segment
    >>> encode(Segment(1, 2)), decode(encode(Segment(1, 2)), Segment)
    (b'{"start_at":1,"finish_at":2}', Segment(start_at=1, finish_at=2))
    """
    hint: Any = type(value)
    pack, _ = _codec(hint)
    return json.dumps(pack(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode(
        "utf-8", "surrogatepass"
    )


def decode[T](data: bytes, wanted: type[T]) -> T:
    """Return the value that `encode` wrote.

    Raises
    ------
    CodecError
        If the bytes are not JSON, or not of the wanted type in every part.
    """
    try:
        raw = json.loads(data.decode("utf-8", "surrogatepass"), parse_constant=_no_constant)
        hint: Any = wanted
        value: T = _codec(hint)[1](raw)
    except CodecError:
        raise
    except (ValueError, TypeError, KeyError, RecursionError, OverflowError) as error:
        raise CodecError(f"no {wanted.__name__}: {type(error).__name__}") from error
    return value


def _no_constant(name: str) -> None:
    raise CodecError(f"{name} is no number here")


@cache
def _codec(hint: Any) -> _Codec:
    """Return how a type is packed and unpacked."""
    if isinstance(hint, typing.TypeAliasType):
        return _codec(hint.__value__)
    origin = typing.get_origin(hint)
    if origin in {types.UnionType, typing.Union}:
        return _union(typing.get_args(hint))
    if origin is tuple:
        return _sequence(typing.get_args(hint))
    if origin is Mapping:
        return _mapping(*typing.get_args(hint))
    if isinstance(hint, type) and issubclass(hint, Enum):
        return (lambda value: value.value, hint)
    if isinstance(hint, type) and is_dataclass(hint):
        return _dataclass(hint)
    if hint is date:
        return (date.isoformat, _read_date)
    return _scalar(hint)


def _read_date(raw: Any) -> date:
    if not isinstance(raw, str):
        raise CodecError("a date is a text")
    return date.fromisoformat(raw)


def _scalar(hint: Any) -> _Codec:
    if hint not in {str, int, bool, float, type(None)}:
        raise TypeError(f"no codec for {hint!r}")

    def unpack(raw: Any) -> Any:
        if type(raw) is not hint:
            raise CodecError(f"{hint.__name__} wanted, {type(raw).__name__} found")
        if hint is str and len(raw) > LONGEST_TEXT:
            raise TooLongText("a text is too long")
        return raw

    return (_same, unpack)


def _same(value: Any) -> Any:
    return value


def _union(hints: tuple[Any, ...]) -> _Codec:
    """Unions hold scalars and at most one kind of anything else, so that JSON's own types tell them apart."""
    inner = [hint for hint in hints if hint is not type(None)]
    if len(inner) == 1:
        pack, unpack = _codec(inner[0])
        return (
            lambda value: None if value is None else pack(value),
            lambda raw: None if raw is None else unpack(raw),
        )
    if not set(hints) <= {str, int, bool, float, type(None)}:
        raise TypeError(f"no codec for a union of {hints!r}")
    allowed = set(hints)

    def unpack_scalar(raw: Any) -> Any:
        if type(raw) not in allowed:
            raise CodecError(f"{type(raw).__name__} is not wanted here")
        return raw

    return (_same, unpack_scalar)


def _sequence(hints: tuple[Any, ...]) -> _Codec:
    if len(hints) == 2 and hints[1] is Ellipsis:
        pack, unpack = _codec(hints[0])
        return (
            lambda value: [pack(each) for each in value],
            lambda raw: tuple([unpack(each) for each in _list(raw)]),
        )
    codecs = [_codec(hint) for hint in hints]
    return (
        lambda value: [pack(each) for (pack, _), each in zip(codecs, value, strict=True)],
        lambda raw: tuple([unpack(each) for (_, unpack), each in zip(codecs, _list(raw), strict=True)]),
    )


def _list(raw: Any) -> list[Any]:
    if not isinstance(raw, list):
        raise CodecError(f"list wanted, {type(raw).__name__} found")
    return raw


def _mapping(key_hint: Any, value_hint: Any) -> _Codec:
    """Mappings travel as lists of pairs, so that keys keep their type."""
    pack_key, unpack_key = _codec(key_hint)
    pack, unpack = _codec(value_hint)

    def read(raw: Any) -> Any:
        return types.MappingProxyType({unpack_key(key): unpack(value) for key, value in map(_list, _list(raw))})

    return (lambda value: [[pack_key(key), pack(each)] for key, each in value.items()], read)


def _dataclass(cls: type) -> _Codec:
    """Pack by name, without defaults and what a value works out itself; unpack by name, refusing unknown names."""
    hints = typing.get_type_hints(cls)
    plan = [(field.name, _default(field)) for field in fields(cls) if field.init]
    packers: dict[str, Callable[[Any], Any]] = {}
    unpackers: dict[str, Callable[[Any], Any]] = {}

    def resolve(name: str) -> None:
        """Look for the codec of a field when it is needed first: a type may hold values of its own."""
        packers[name], unpackers[name] = _codec(hints[name])

    def pack(value: Any) -> dict[str, Any]:
        packed = {}
        for name, default in plan:
            held = getattr(value, name)
            if held is default or (default is not MISSING and type(held) is type(default) and held == default):
                continue
            if name not in packers:
                resolve(name)
            packed[name] = packers[name](held)
        return packed

    known = {name for name, _ in plan}

    def unpack(raw: Any) -> Any:
        if not isinstance(raw, dict):
            raise CodecError(f"{cls.__name__} wanted, {type(raw).__name__} found")
        if not known.issuperset(raw):
            raise CodecError(f"{cls.__name__} has no such field")
        for name in raw.keys() - unpackers.keys():
            resolve(name)
        return cls(**{name: unpackers[name](each) for name, each in raw.items()})

    return (pack, unpack)


def _default(field: Field[Any]) -> Any:
    if field.default is not MISSING:
        return field.default
    return MISSING
