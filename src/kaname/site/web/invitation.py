"""Accepting an invitation."""

from typing import Final

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from kaname.kernel import clock
from kaname.kernel.accounts.keys import hash_of
from kaname.kernel.accounts.models import Invitation
from kaname.kernel.accounts.operations import accept_invitation
from kaname.kernel.accounts.queries import find_pending_invitation
from kaname.kernel.rules.doors import PUBLIC, door
from kaname.kernel.rules.types import Missing
from kaname.site.web.account_forms import AcceptForm
from kaname.site.web.signing_in import sign_in

_LINK: Final = "invitation_link"


@never_cache
@door(reads=PUBLIC)
def follow_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Take the token out of the address and go on to the form; opening the link uses nothing up."""
    request.session[_LINK] = hash_of(token)
    return redirect("invitation")


@sensitive_post_parameters()
@never_cache
@door(reads=PUBLIC, writes=PUBLIC, is_repeatable=True)
def accept(request: HttpRequest) -> HttpResponse:
    """Open one's account: name, language, password."""
    token_hash = str(request.session.get(_LINK, ""))
    invitation = _pending(token_hash)
    if invitation is None:
        return render(request, "site/account/invitation_void.html", status=404)
    initial = {"name": invitation.name, "language": invitation.language, "email": invitation.email}
    form = AcceptForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            account = accept_invitation(actor=request.user, token_hash=token_hash, now=clock.now(), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            request.session.pop(_LINK, None)
            return sign_in(request, account, method="invitation")
    status = 422 if request.method == "POST" else 200
    return render(request, "site/account/invitation.html", {"form": form, "invitation": invitation}, status=status)


def _pending(token_hash: str) -> Invitation | None:
    try:
        return find_pending_invitation(token_hash=token_hash, now=clock.now())
    except Missing:
        return None
