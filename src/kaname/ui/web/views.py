"""The command palette and the page of all components."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from kaname.kernel import clock
from kaname.kernel.rules.doors import SIGNED_IN, door
from kaname.ui.answers import saved, saying
from kaname.ui.navigation import find
from kaname.ui.types import Health, Page
from kaname.ui.web import sample

_LONGEST_QUESTION = 100


@door(reads=SIGNED_IN)
def palette(request: HttpRequest) -> HttpResponse:
    """Answer the command palette; a whole page for those without a script."""
    words = request.GET.get("q", "").strip()[:_LONGEST_QUESTION]
    context = {"groups": find(request.user, words, {}), "words": words, "page": Page(title=_("Search and commands"))}
    return render(request, "ui/parts/palette_found.html" if request.htmx else "ui/palette.html", context)


@door(reads=SIGNED_IN, writes=SIGNED_IN)
def components(request: HttpRequest) -> HttpResponse:
    """Show every component in every state; the form answers with its errors."""
    today = clock.today()
    rows = sample.sample_rows(today)
    form = sample.ProjectForm(request.POST, request.FILES, prefix="bad") if request.method == "POST" else None
    if request.method == "GET" and "said" in request.GET:
        messages.success(request, _("The project was archived."))
    context = {
        "page": sample.sample_page(),
        "healths": list(Health),
        "why": sample.sample_why(today),
        "rows": rows,
        "axis": sample.sample_axis(rows, today),
        "figure_items": sample.sample_figures(today),
        "fact_items": sample.sample_facts(today),
        "entries": sample.sample_history(),
        "views": sample.sample_tabs(),
        "chip_items": sample.sample_chips(),
        "step_items": sample.sample_steps(),
        "jobs": sample.sample_jobs(),
        "rows_page": sample.sample_pages(),
        "today": today,
        "weeks": sample.sample_weeks(today),
        "good_form": sample.ProjectForm(prefix="good"),
        "bad_form": form or sample.ProjectForm({"bad-effort": "-1"}, {}, prefix="bad"),
        "late_form": sample.sample_late_form(today),
        "swatches": ("paper", "surface", "sunk", "line", "ink", "quiet", "indigo", "red", "amber", "green", "grey"),
        "icons": (
            "plus",
            "search",
            "bell",
            "calendar",
            "users",
            "chart-line",
            "file-import",
            "shield-check",
            "pencil",
            "trash",
        ),
    }
    return render(request, "ui/components.html", context, status=422 if form else 200)


@door(reads=SIGNED_IN)
def sample_why(request: HttpRequest) -> HttpResponse:
    """Answer "why?" of a row."""
    return render(request, "ui/parts/why_card.html", {"why": sample.sample_why(clock.today())})


@door(reads=SIGNED_IN)
def sample_peek(request: HttpRequest) -> HttpResponse:
    """Show a record beside the list."""
    today = clock.today()
    context = {"page_url": "", "fact_items": sample.sample_facts(today), "entries": sample.sample_history()}
    return render(request, "ui/sample_peek.html", context)


@door(reads=SIGNED_IN, writes=SIGNED_IN)
def sample_cell(request: HttpRequest) -> HttpResponse:
    """Edit a cell: its form, or after saving the cell again."""
    words = request.POST.get("words", _("Integration test"))[:_LONGEST_QUESTION]
    if request.method == "GET" and "cancel" not in request.GET:
        return render(request, "ui/sample_cell_form.html", {"words": words})
    response = render(request, "ui/sample_cell.html", {"words": words})
    return saying(saved(response), _("Saved.")) if request.method == "POST" else response


@door(reads=SIGNED_IN)
def sample_options(request: HttpRequest) -> HttpResponse:
    """Propose people."""
    words = request.GET.get("q", "").casefold()
    people = [
        (1, _("Taro Yamada"), _("Development")),
        (2, _("Hanako Sato"), "PMO"),
        (3, _("Ken Suzuki"), _("Logistics")),
    ]
    options = [{"value": pk, "label": name, "note": note} for pk, name, note in people if words in name.casefold()]
    return render(request, "ui/forms/options.html", {"options": options, "list_id": "sample"})


@door(reads=SIGNED_IN)
def sample_neighbours(request: HttpRequest) -> HttpResponse:
    """List the neighbours of a crumb."""
    return render(request, "ui/sample_neighbours.html", {"rows": sample.sample_rows(clock.today())})


@door(reads=SIGNED_IN)
def sample_error(request: HttpRequest) -> HttpResponse:
    """Show the page of an error that has not happened."""
    code = request.GET.get("code", "404")
    return render(request, f"{code}.html" if code in {"403", "403_csrf", "404", "500"} else "404.html")
