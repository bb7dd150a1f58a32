"""The one door through which files leave."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from kaname.kernel.files import shelf
from kaname.kernel.files.models import StoredFile
from kaname.kernel.files.naming import attachment_header
from kaname.kernel.files.queries import fetch_file
from kaname.kernel.files.rules import READ
from kaname.kernel.rules.doors import door

_RANGE: Final = re.compile(r"bytes=(\d*)-(\d*)")
_PIECE: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class Span:
    """The bytes from `start` up to, not including, `end`."""

    start: int
    end: int


@door(reads=READ)
def download(request: HttpRequest, file_id: int) -> HttpResponseBase:
    """Hand a file out to be saved, whole or the one range asked for; never to be shown on our own origin."""
    file = fetch_file(actor=request.user, file_id=file_id)
    etag = f'"{file.sha256}"'
    if request.headers.get("If-None-Match") in {etag, "*"}:
        return _guarded(HttpResponse(status=304), file, etag)
    span = _span(request, file.size, etag)
    if span is None:
        refused = HttpResponse(status=416, content_type=file.served_as)
        refused.headers["Content-Range"] = f"bytes */{file.size}"
        return _guarded(refused, file, etag)
    is_whole = span == Span(0, file.size)
    response = StreamingHttpResponse(_pieces(file, span), status=200 if is_whole else 206, content_type=file.served_as)
    response.headers["Content-Length"] = str(span.end - span.start)
    if not is_whole:
        response.headers["Content-Range"] = f"bytes {span.start}-{span.end - 1}/{file.size}"
    return _guarded(response, file, etag)


def _guarded[R: HttpResponseBase](response: R, file: StoredFile, etag: str) -> R:
    response.headers["Content-Disposition"] = attachment_header(file.original_name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Accept-Ranges"] = "bytes"
    response.headers["ETag"] = etag
    return response


def _span(request: HttpRequest, size: int, etag: str) -> Span | None:
    """Return the bytes asked for; all of them where the range is not one that we know, `None` where it lies outside."""
    asked = _RANGE.fullmatch(request.headers.get("Range", ""))
    is_for_this = request.headers.get("If-Range", etag) == etag
    if not asked or not is_for_this or asked.groups() == ("", ""):
        return Span(0, size)
    first, last = asked.groups()
    if not first:
        return Span(max(size - int(last), 0), size) if int(last) else None
    end = min(int(last) + 1, size) if last else size
    return Span(int(first), end) if int(first) < end else None


def _pieces(file: StoredFile, span: Span) -> Iterator[bytes]:
    stream: BinaryIO
    with shelf.take(file.shelf_name) as stream:
        stream.seek(span.start)
        left = span.end - span.start
        while left > 0 and (piece := stream.read(min(_PIECE, left))):
            left -= len(piece)
            yield piece
