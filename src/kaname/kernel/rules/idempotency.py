"""Doing an unsafe request once, however often it is sent."""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy

from kaname.kernel import clock
from kaname.kernel.rules.models import Answer
from kaname.kernel.rules.types import Label

FIELD: Final = "idempotency_key"
HEADER: Final = "Idempotency-Key"
KEPT_FOR: Final = timedelta(days=1)
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
_KEPT_HEADERS: Final = (
    "Content-Type",
    "Location",
    "HX-Redirect",
    "HX-Location",
    "HX-Trigger",
    "HX-Retarget",
    "HX-Reswap",
    "ETag",
)
_LONGEST_BODY: Final = 512 * 1024

SHOWN_ONCE: Final = "X-Kaname-Shown-Once"
"""A view puts this header on an answer that shows a secret: the answer is not kept, and the header not sent."""

_DONE_BUT_SECRET: Final = 1


@dataclass(frozen=True, slots=True)
class Repeat:
    """Why a request is neither done nor answered from memory."""

    status: int
    code: str
    reason: Label


_NO_KEY: Final = Repeat(
    400,
    "idempotency_key_missing",
    gettext_lazy("This form was sent without its key. Reload the page and send it again."),
)
_OTHER_REQUEST: Final = Repeat(
    422,
    "idempotency_key_reused",
    gettext_lazy("This key was already used for another request. Reload the page and send it again."),
)
_STILL_RUNNING: Final = Repeat(409, "still_running", gettext_lazy("The same request is still being worked on."))
_SHOWN_ONCE: Final = Repeat(409, "shown_once", gettext_lazy("This was done already. Its answer is shown only once."))


def plain_refusal(repeat: Repeat) -> HttpResponse:
    """Return the refusal as a sentence."""
    return HttpResponse(str(repeat.reason), status=repeat.status, content_type="text/plain; charset=utf-8")


def run_once(
    request: HttpRequest,
    act: Callable[[], HttpResponse],
    *,
    in_transaction: bool,
    refuse: Callable[[Repeat], HttpResponse] = plain_refusal,
) -> HttpResponse:
    """Run `act` unless this account has sent the same key before; then give the first answer again.

    With `in_transaction` key, effect and answer are one transaction: either all or nothing is kept, and a second request
    that runs at the same time waits for the first.  Without it the key is kept after the effect.

    Returns
    -------
    HttpResponse
        The view's answer, the remembered one, or what `refuse` makes of: 400 without a proper key, 422 when the key came
        with another request, 409 while the first one runs or when its answer was shown once only.

    Notes
    -----
    2 queries besides those of `act`.
    """
    key = request.headers.get(HEADER) or request.POST.get(FIELD, "")
    if not _KEY.fullmatch(key):
        return refuse(_NO_KEY)
    account_id = request.user.actor_id or 0
    request_hash = _request_hash(request)
    remembered = Answer.objects.filter(account_id=account_id, key=key).first()
    if remembered is not None:
        return _repeat(remembered, request_hash, refuse)
    answer = Answer(account_id=account_id, key=key, request_hash=request_hash, created_at=clock.now())
    if not in_transaction:
        return _keep(answer, _rendered(act()))
    try:
        with transaction.atomic():
            answer.save(force_insert=True)
            response = _rendered(act())
            if response.status_code >= 400 and response.status_code not in {409, 422}:
                transaction.set_rollback(True)
                return response
            return _keep(answer, response)
    except IntegrityError:
        first = Answer.objects.filter(account_id=account_id, key=key).first()
        if first is None:
            raise
        return _repeat(first, request_hash, refuse)


def forget_old_answers() -> int:
    """Delete answers older than `KEPT_FOR` and return how many."""
    return Answer.objects.filter(created_at__lt=clock.now() - KEPT_FOR).delete()[0]


def _request_hash(request: HttpRequest) -> str:
    digest = hashlib.sha256(f"{request.method} {request.get_full_path()}\n".encode())
    for name, values in sorted(request.POST.lists()):
        if name not in {FIELD, "csrfmiddlewaretoken"}:
            digest.update(repr((name, values)).encode())
    for name, files in sorted(request.FILES.lists()):
        digest.update(repr((name, [(file.name, file.size) for file in files])).encode())
    if request.content_type == "application/json":
        digest.update(request.body)
    return digest.hexdigest()


def _rendered(response: HttpResponse) -> HttpResponse:
    return response.render() if isinstance(response, TemplateResponse) else response


def _keep(answer: Answer, response: HttpResponse) -> HttpResponse:
    if SHOWN_ONCE in response.headers:
        del response.headers[SHOWN_ONCE]
        answer.status = _DONE_BUT_SECRET
        answer.save()
        return response
    if response.streaming or len(response.content) > _LONGEST_BODY:
        return response
    answer.status = response.status_code
    answer.headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    answer.body = response.content
    answer.save()
    return response


def _repeat(answer: Answer, request_hash: str, refuse: Callable[[Repeat], HttpResponse]) -> HttpResponse:
    if answer.request_hash != request_hash:
        return refuse(_OTHER_REQUEST)
    if not answer.status:
        return refuse(_STILL_RUNNING)
    if answer.status == _DONE_BUT_SECRET:
        return refuse(_SHOWN_ONCE)
    return HttpResponse(bytes(answer.body), status=answer.status, headers=answer.headers)
