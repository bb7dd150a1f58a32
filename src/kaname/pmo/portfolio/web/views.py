"""One's own saved views of the portfolio: save, rename, remove."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kaname.kernel import clock
from kaname.kernel.records import Stale
from kaname.kernel.rules.doors import door
from kaname.pmo.portfolio import operations
from kaname.pmo.portfolio.models import SavedView
from kaname.pmo.portfolio.queries import find_view
from kaname.pmo.portfolio.rules import OPEN, OWN_VIEWS
from kaname.pmo.portfolio.web.filtering import view_query
from kaname.ui.types import Crumb, Page


class SaveForm(forms.Form):
    """How a new view is called, and what it shows."""

    name = forms.CharField(label=gettext_lazy("Name of the view"), max_length=60)
    query = forms.CharField(max_length=1000, required=False, widget=forms.HiddenInput)


class RenameForm(forms.Form):
    """How a view is called from now on."""

    name = forms.CharField(label=gettext_lazy("Name of the view"), max_length=60)
    version = forms.IntegerField(min_value=1, max_value=2_147_483_647, widget=forms.HiddenInput)


@door(reads=OPEN, writes=OWN_VIEWS)
def save(request: HttpRequest) -> HttpResponse:
    """Keep the present filters and order under a name."""
    form = SaveForm(request.POST or None, initial={"query": view_query(request.GET)})
    if request.method == "POST" and form.is_valid():
        query = view_query(QueryDict(form.cleaned_data["query"]))
        view = operations.save_view(actor=request.user, now=clock.now(), name=form.cleaned_data["name"], query=query)
        messages.success(request, _("The view “%(name)s” is saved.") % {"name": view.name})
        return redirect(f"{reverse('portfolio:portfolio')}?{view.query}")
    return _form_page(request, form, _("Save this view"), _("Save the view"))


@door(reads=OPEN, writes=OWN_VIEWS)
def rename(request: HttpRequest, view: int) -> HttpResponse:
    """Give one's own view another name."""
    shown = find_view(actor=request.user, view_id=view)
    form = RenameForm(request.POST or None, initial={"name": shown.name, "version": shown.version})
    status = 422
    if request.method == "POST" and form.is_valid():
        try:
            renamed = operations.rename_view(
                actor=request.user,
                now=clock.now(),
                view_id=view,
                expected_version=form.cleaned_data["version"],
                name=form.cleaned_data["name"],
            )
        except operations.ViewNameTaken as taken:
            form.add_error("name", str(taken.reason))
        except Stale as stale:
            status = _refuse_stale(form, stale.current)
        else:
            return redirect(f"{reverse('portfolio:portfolio')}?{renamed.query}")
    return _form_page(request, form, _("Rename the view"), _("Rename"), status=status)


@door(writes=OWN_VIEWS)
def remove(request: HttpRequest, view: int) -> HttpResponse:
    """Forget one's own view; what it showed stays on the page, so it can be saved again."""
    removed = find_view(actor=request.user, view_id=view)
    operations.remove_view(actor=request.user, now=clock.now(), view_id=view)
    messages.success(request, _("The view “%(name)s” is removed; its filters still show.") % {"name": removed.name})
    return redirect(f"{reverse('portfolio:portfolio')}?{removed.query}")


def _refuse_stale(form: RenameForm, current: object) -> int:
    name = current.name if isinstance(current, SavedView) else ""
    form.data = form.data.copy()
    form.data["version"] = str(getattr(current, "version", 1))
    form.add_error("name", _("It was renamed to “%(name)s” meanwhile. Send again to use yours.") % {"name": name})
    return 409


def _form_page(request: HttpRequest, form: forms.Form, title: str, send: str, *, status: int = 422) -> HttpResponse:
    page = Page(title=title, crumbs=(Crumb(_("Portfolio"), reverse("portfolio:portfolio")),))
    context = {"form": form, "page": page, "send": send}
    return render(request, "portfolio/view_form.html", context, status=status if request.method == "POST" else 200)
