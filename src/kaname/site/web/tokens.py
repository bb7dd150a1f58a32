"""Personal tokens: make, see, revoke."""

from datetime import datetime, time

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from kaname.kernel import clock
from kaname.kernel.accounts.operations import create_token, revoke_token
from kaname.kernel.accounts.queries import list_tokens
from kaname.kernel.accounts.rules import MANAGE_TOKENS, VIEW_TOKENS
from kaname.kernel.rules.doors import door
from kaname.kernel.rules.idempotency import SHOWN_ONCE
from kaname.kernel.rules.scopes import scope_label
from kaname.site.web.account_forms import TokenForm
from kaname.site.web.account_tabs import own_page


@never_cache
@door(reads=VIEW_TOKENS, writes=MANAGE_TOKENS)
def tokens(request: HttpRequest) -> HttpResponse:
    """List the own tokens and make a new one; its secret is in this one answer and nowhere else."""
    form = TokenForm(request.POST or None)
    secret = _create(request, form) if request.method == "POST" and form.is_valid() else ""
    now = clock.now()
    rows = [
        {
            "token": token,
            "scopes": [scope_label(scope) for scope in token.scopes],
            "is_valid": token.is_valid(at=now),
        }
        for token in list_tokens(actor=request.user)
    ]
    context = {
        "form": TokenForm() if secret else form,
        "secret": secret,
        "rows": rows,
        "page": own_page(request, current="tokens"),
    }
    status = 422 if request.method == "POST" and not secret else 200
    response = render(request, "site/tokens/tokens.html", context, status=status)
    if secret:
        response.headers[SHOWN_ONCE] = "1"
    return response


@door(writes=MANAGE_TOKENS)
def revoke(request: HttpRequest, token_id: int) -> HttpResponse:
    """Revoke one of the own tokens."""
    revoke_token(actor=request.user, token_id=token_id, now=clock.now())
    messages.success(request, _("The token is revoked. Programs that use it are refused from now on."))
    return redirect("tokens")


def _create(request: HttpRequest, form: TokenForm) -> str:
    expires_at = timezone.make_aware(datetime.combine(form.cleaned_data["expires_on"], time.max))
    try:
        _token, secret = create_token(
            actor=request.user,
            name=form.cleaned_data["name"],
            scopes=form.cleaned_data["scopes"],
            expires_at=expires_at,
            now=clock.now(),
        )
    except ValidationError as error:
        form.add_error("expires_on" if "expires_at" in error.message_dict else None, error.messages[0])
        return ""
    return secret
