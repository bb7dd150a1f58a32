"""How parent and child speak: frames of a letter, a length and that many bytes."""

import struct
from collections.abc import Iterator
from enum import Enum
from typing import Final

HEADER: Final = struct.Struct(">cI")
REQUEST: Final = struct.Struct(">I")


class Letter(Enum):
    """What a frame from a child holds."""

    PERCENT = b"P"
    RESULT = b"R"
    REFUSAL = b"F"
    MEMORY = b"M"
    LONG = b"L"
    FAILURE = b"X"


class FrameError(ValueError):
    """A child wrote what no child of ours writes."""


def frame(letter: Letter, payload: bytes) -> bytes:
    r"""Return a frame.

    Examples
    --------
    >>> frame(Letter.PERCENT, b"7"), list(Frames(limit=9).feed(b"P" + bytes(3) + b"\x017"))
    (b'P\x00\x00\x00\x017', [(<Letter.PERCENT: b'P'>, b'7')])
    """
    return HEADER.pack(letter.value, len(payload)) + payload


class Frames:
    """Puts frames together from the pieces that a pipe delivers."""

    def __init__(self, *, limit: int) -> None:
        self._limit = limit
        self._pending = bytearray()

    def feed(self, piece: bytes) -> Iterator[tuple[Letter, bytes]]:
        """Yield the frames that are whole now.

        Raises
        ------
        FrameError
            If a frame has an unknown letter or is longer than the limit.
        """
        self._pending += piece
        while len(self._pending) >= HEADER.size:
            letter, length = HEADER.unpack_from(self._pending)
            if length > self._limit or letter not in {each.value for each in Letter}:
                raise FrameError("unknown frame")
            if len(self._pending) < HEADER.size + length:
                return
            payload = bytes(self._pending[HEADER.size : HEADER.size + length])
            del self._pending[: HEADER.size + length]
            yield Letter(letter), payload
