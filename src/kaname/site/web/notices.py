"""Notices: the list, reading, and how often they come by mail."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from kaname.kernel import clock
from kaname.kernel.notices.operations import choose_mail_rhythm, mark_all_read, mark_read
from kaname.kernel.notices.queries import find_mail_preference, line_of, list_notices, unread_notices
from kaname.kernel.notices.rules import KEEP, VIEW
from kaname.kernel.notices.types import MailRhythm
from kaname.kernel.records import Stale
from kaname.kernel.rules.doors import door
from kaname.site.web.account import refuse_stale
from kaname.site.web.account_tabs import own_page
from kaname.ui.types import Page, Tab

_ROWS = 50
_LARGEST = 9_223_372_036_854_775_807


class ReadAllForm(forms.Form):
    """Up to which entry the reader has seen the list."""

    up_to = forms.IntegerField(min_value=1, max_value=_LARGEST, widget=forms.HiddenInput)


class MailForm(forms.Form):
    """How often notices come by mail."""

    rhythm = forms.ChoiceField(
        label=gettext_lazy("Notices by mail"),
        choices=MailRhythm.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy(
            "The mail of a day comes in the morning of your time zone, and only when there is something new."
        ),
    )
    version = forms.IntegerField(min_value=1, max_value=2_147_483_647, widget=forms.HiddenInput)


@door(reads=VIEW)
def notices(request: HttpRequest) -> HttpResponse:
    """List the reader's notices: the unread ones, or all."""
    shows_all = request.GET.get("show") == "all"
    unread = unread_notices(actor=request.user)
    found = list_notices(actor=request.user) if shows_all else unread
    rows = Paginator(found, _ROWS).get_page(request.GET.get("page", "1"))
    unseen = unread.order_by().aggregate(latest=Max("entry_id"), number=Count("pk"))
    tabs = (
        Tab(pgettext("notices", "Unread"), reverse("notices"), is_current=not shows_all, count=unseen["number"]),
        Tab(pgettext("notices", "All"), reverse("notices") + "?show=all", is_current=shows_all),
    )
    context = {
        "rows": rows,
        "lines": [line_of(notice) for notice in rows],
        "shows_all": shows_all,
        "up_to": unseen["latest"],
        "page": Page(title=_("Notices"), tabs=tabs),
    }
    return render(request, "site/notices/notices.html", context)


@door(reads=VIEW)
def follow(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Go where a notice leads, and mark it as read: doing that twice, or by a prefetch, does no harm."""
    notice = mark_read(actor=request.user, notice_id=notice_id, now=clock.now())
    return redirect(line_of(notice).url or "notices")


@door(writes=KEEP)
def read_one(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one notice as read."""
    mark_read(actor=request.user, notice_id=notice_id, now=clock.now())
    return redirect("notices")


@door(writes=KEEP)
def read_all(request: HttpRequest) -> HttpResponse:
    """Mark all notices that the reader has seen as read."""
    form = ReadAllForm(request.POST)
    if form.is_valid():
        count = mark_all_read(actor=request.user, up_to=form.cleaned_data["up_to"], now=clock.now())
        messages.success(request, _("Marked as read: %(count)s") % {"count": count})
    return redirect("notices")


@door(reads=VIEW, writes=KEEP)
def mails(request: HttpRequest) -> HttpResponse:
    """Show and choose how often notices come by mail."""
    preference = find_mail_preference(actor=request.user)
    form = MailForm(request.POST or None, initial={"rhythm": preference.rhythm, "version": preference.version})
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            status = _choose(request, form)
        if status == 302:
            messages.success(request, _("Your settings are saved."))
            return redirect("account_notices")
    context = {"form": form, "preference": preference, "page": own_page(request, current="account_notices")}
    return render(request, "site/account/notices.html", context, status=status)


def _choose(request: HttpRequest, form: MailForm) -> int:
    values = form.cleaned_data
    try:
        choose_mail_rhythm(
            actor=request.user, rhythm=values["rhythm"], expected_version=values["version"], now=clock.now()
        )
    except ValidationError as error:
        form.add_error(None, error)
        return 422
    except Stale as stale:
        refuse_stale(form, stale)
        return 409
    return 302
