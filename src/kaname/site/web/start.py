"""The first start: create the first administrator, or look round the sample company."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from kaname.kernel import clock
from kaname.kernel.accounts.models import Instance
from kaname.kernel.accounts.operations import (
    AlreadyStarted,
    restart_sample,
    start_empty,
    start_sample,
    switch_person,
)
from kaname.kernel.accounts.queries import find_instance, is_started, list_sample_people
from kaname.kernel.accounts.types import InstanceMode, SampleState
from kaname.kernel.jobs.queue import enqueue_on_commit
from kaname.kernel.rules.doors import PUBLIC, door
from kaname.kernel.rules.types import Missing
from kaname.site.sample.personas import introductions
from kaname.site.web.account_forms import FirstAdministratorForm
from kaname.site.web.signing_in import sign_in
from kaname.site.web.start_jobs import SAMPLE, build_sample_company
from kaname.ui.types import Progress


@never_cache
@door(reads=PUBLIC)
def start(request: HttpRequest) -> HttpResponse:
    """Offer both ways to begin; once started, lead on."""
    if not is_started():
        return render(request, "site/start/start.html", {"has_sample": "company" in SAMPLE})
    return redirect("start_sample" if _sample() else "home")


@sensitive_post_parameters()
@never_cache
@door(reads=PUBLIC, writes=PUBLIC, is_repeatable=True)
def first_administrator(request: HttpRequest) -> HttpResponse:
    """Create the first administrator and start empty; only ever once."""
    if is_started():
        return redirect("home")
    form = FirstAdministratorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            account = start_empty(actor=request.user, language=get_language()[:2], now=clock.now(), **form.cleaned_data)
        except AlreadyStarted:
            return redirect("home")
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return sign_in(request, account, method="start")
    status = 422 if request.method == "POST" else 200
    return render(request, "site/start/administrator.html", {"form": form}, status=status)


@never_cache
@door(reads=PUBLIC, writes=PUBLIC)
def sample(request: HttpRequest) -> HttpResponse:
    """Begin with the sample company, show how far it is, then let the visitor choose a person."""
    if request.method == "POST":
        return _begin_sample(request)
    instance = _sample()
    if instance is None:
        return redirect("start")
    context = {
        "instance": instance,
        "has_failed": instance.sample_state == SampleState.FAILED,
        "progress": _progress(instance),
        "people": introductions(list_sample_people()),
    }
    return render(request, "site/start/sample.html", context)


@never_cache
@door(reads=PUBLIC)
def sample_progress(request: HttpRequest) -> HttpResponse:
    """Show how far the sample company is; reload the page when it is ready or has failed."""
    instance = _sample()
    if instance is None:
        raise Missing
    if instance.sample_state != SampleState.BUILDING:
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("start_sample")})
    return render(request, "site/start/progress.html", {"progress": _progress(instance)})


@door(writes=PUBLIC, is_repeatable=True)
def go_as(request: HttpRequest, account_id: int) -> HttpResponse:
    """Go on as a person of the sample company, in the language of the page; nowhere else is there such a thing."""
    language = get_language()[:2]
    person = switch_person(actor=request.user, account_id=account_id, language=language, now=clock.now())
    return sign_in(request, person, method="sample")


def _begin_sample(request: HttpRequest) -> HttpResponse:
    if "company" not in SAMPLE:
        raise Missing
    try:
        if _sample() is None:
            start_sample(actor=request.user, now=clock.now())
        else:
            restart_sample(actor=request.user)
    except AlreadyStarted:
        return redirect("home")
    enqueue_on_commit(build_sample_company)
    return redirect("start_sample")


def _sample() -> Instance | None:
    instance = find_instance()
    return instance if instance is not None and instance.mode == InstanceMode.SAMPLE else None


def _progress(instance: Instance) -> Progress:
    is_running = instance.sample_state == SampleState.BUILDING
    return Progress(
        label=_("The sample company is being built"),
        share_permille=instance.sample_permille,
        note=_(instance.sample_step) if instance.sample_step else "",
        poll_url=reverse("start_sample_progress") if is_running else "",
    )
