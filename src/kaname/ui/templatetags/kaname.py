# ruff: noqa: A002 - arguments are named as HTML names its attributes
"""Names of the components in templates; a builtin of the template engine, so nothing has to be loaded.

Filters and one-line tags make what a page has many of; block tags frame what a page writes itself.
"""

import secrets
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from django import template
from django.core.paginator import Page as PageOfRows
from django.forms import BaseForm, BoundField
from django.template import Context
from django.templatetags.static import static
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kaname.kernel.text import name_of
from kaname.ui.components import charts, dates, kept, marks, numbers, plots
from kaname.ui.types import Change, Chip, Entry, Fact, Figure, Health, Progress, Step, Tab, Text, Why

register = template.Library()

register.tag("kept", kept.parse)
register.filter("day", dates.day)
register.filter("long_day", dates.long)
register.filter("moment", dates.moment)
register.filter("relative", dates.relative)
register.filter("number", numbers.number)
register.filter("signed", numbers.signed)
register.filter("percent", numbers.percent)
register.filter("index", numbers.index)
register.filter("person_days", numbers.person_days)
register.filter("working_days", numbers.working_days)
register.filter("yen", numbers.yen)
register.filter("thousand_yen", numbers.thousand_yen)
register.filter("file_size", numbers.file_size)
register.filter("person", marks.person)
register.filter("face", marks.face)
register.filter("name_of", name_of)
register.simple_tag(dates.due, name="due")
register.simple_tag(marks.icon, name="icon")
register.simple_tag(marks.badge, name="badge")
register.simple_tag(marks.mark_pair, name="mark_pair")
register.simple_tag(marks.drawn_shape, name="mark_shape")
register.simple_tag(marks.keys, name="keys")
register.simple_tag(charts.axis, name="axis")
register.simple_tag(charts.whisker, name="whisker")
register.simple_tag(charts.sparkline, name="sparkline")
register.simple_tag(charts.amount, name="amount")
register.simple_tag(plots.plot, name="plot")
register.simple_tag(plots.strip, name="strip")


@register.simple_tag
def reported(health: Health | str, shows_word: bool = True) -> SafeString:
    """Show a mark that a person reported: an outline."""
    return marks.mark(health, is_computed=False, shows_word=shows_word)


@register.simple_tag
def computed(health: Health | str, shows_word: bool = True) -> SafeString:
    """Show a mark that was computed: filled. Put `{% why %}` beside it."""
    return marks.mark(health, is_computed=True, shows_word=shows_word)


@register.simple_tag
def idempotency() -> SafeString:
    """Put a fresh key into an unsafe form, so that sending it twice does it once."""
    return format_html('<input type="hidden" name="idempotency_key" value="{}">', secrets.token_urlsafe(24))


@register.simple_tag(takes_context=True)
def unsafe(context: Context) -> SafeString:
    """Put what every unsafe form needs: the token against forgery and the idempotency key."""
    token = context.get("csrf_token")
    if not token or token == "NOTPROVIDED":  # noqa: S105 - Django's word for a page without a request
        return idempotency()
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">{}', token, idempotency())


@register.simple_tag
def button(
    label: Text,
    icon: str = "",
    *,
    tone: str = "",
    type: str = "submit",
    size: str = "",
    name: str = "",
    value: str = "",
    opens: str = "",
    form: str = "",
) -> SafeString:
    """Draw a button; `opens` names a dialog. An icon button without visible words is `{% icon_button %}`."""
    attributes = _attributes(
        {"name": name, "value": value, "data-opens": opens, "form": form, "aria-haspopup": "dialog" if opens else ""}
    )
    return format_html(
        '<button type="{}" class="{}"{}>{}{}</button>',
        "button" if opens else type,
        _button_class(tone, size),
        attributes,
        marks.icon(icon) if icon else "",
        label,
    )


@register.simple_tag
def link_button(label: Text, url: str, icon: str = "", *, tone: str = "", size: str = "") -> SafeString:
    """Draw a link that looks like a button."""
    return format_html(
        '<a href="{}" class="{}">{}{}</a>', url, _button_class(tone, size), marks.icon(icon) if icon else "", label
    )


@register.simple_tag
def icon_button(
    label: Text, icon: str, *, url: str = "", type: str = "button", tone: str = "quiet", size: str = "", opens: str = ""
) -> SafeString:
    """Draw a button or link that shows an icon only; the label is heard and shown as a tip."""
    look = f"{_button_class(tone, size)} button-icon"
    if url:
        return format_html(
            '<a href="{}" class="{}" aria-label="{}" title="{}">{}</a>', url, look, label, label, marks.icon(icon)
        )
    return format_html(
        '<button type="{}" class="{}" aria-label="{}" title="{}"{}>{}</button>',
        type,
        look,
        label,
        label,
        _attributes({"data-opens": opens, "aria-haspopup": "dialog" if opens else ""}),
        marks.icon(icon),
    )


@register.simple_tag(takes_context=True)
def why(context: Context, explanation: Why | None) -> SafeString:
    """Put the affordance that explains a computed thing; nothing where there is nothing to explain."""
    if explanation is None:
        return SafeString("")
    return _draw(context, "ui/parts/why.html", {"why": explanation, "why_id": _serial(context, "why")})


@register.simple_tag
def why_at(url: str) -> SafeString:
    """Put the affordance whose explanation is fetched from an address when asked for: for tables of many rows."""
    return format_html('<a class="why" href="{}" data-why rel="nofollow" aria-label="{}">?</a>', url, gettext("Why?"))


@register.simple_tag(takes_context=True)
def th(
    context: Context, key: str, label: Text, *, align: str = "", sort: bool = True, first: str = "up", kind: str = ""
) -> SafeString:
    """Draw the head of a column that sorts by the query string `sort=key` or `sort=-key`.

    `align` is `end` for figures; `first` says which way the first click sorts; `kind` adds a class (`pin`, `tight`, `broad`).
    """
    look = " ".join(filter(None, (align, kind)))
    if not sort:
        return format_html('<th scope="col" class="{}">{}</th>', look, label)
    query = context["request"].GET.copy()
    now = query.get("sort", "")
    query.pop("page", None)
    is_up, is_down = now == key, now == f"-{key}"
    query["sort"] = f"-{key}" if is_up or (first == "down" and not is_down) else key
    state = format_html(' aria-sort="{}"', "ascending" if is_up else "descending") if is_up or is_down else ""
    arrow = (
        format_html('<svg class="icon sort-icon" aria-hidden="true"><use href="{}"></use></svg>', _arrow(is_up=is_up))
        if state
        else ""
    )
    return format_html(
        '<th scope="col" class="{}"{}><a href="?{}">{}{}</a></th>', look, state, query.urlencode(), label, arrow
    )


@register.simple_tag
def pick_all(label: Text = "") -> SafeString:
    """Draw the head of the selection column."""
    return format_html(
        '<th scope="col" class="pick"><input type="checkbox" data-pick-all aria-label="{}"></th>',
        label or gettext("Select all rows"),
    )


@register.simple_tag
def pick(value: Any, label: Text, name: str = "pick") -> SafeString:
    """Draw the selection cell of a row; `label` names the row."""
    return format_html(
        '<td class="pick"><input type="checkbox" name="{}" value="{}" data-pick aria-label="{}"></td>',
        name,
        value,
        gettext("Select %(row)s") % {"row": label},
    )


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """Return the page's query string with changes; `None` or an empty text takes a key out."""
    params = context["request"].GET.copy()
    for key, value in changes.items():
        params.pop(key, None)
        if value not in {None, ""}:
            params[key] = value
    return f"?{params.urlencode()}"


@register.simple_tag(takes_context=True)
def pages(context: Context, page: PageOfRows) -> SafeString:
    """Draw which rows of how many are shown, and the way to the others."""
    numbers_shown = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return _draw(context, "ui/parts/pages.html", {"rows": page, "numbers": list(numbers_shown)})


@register.simple_tag(takes_context=True)
def tabs(context: Context, items: Iterable[Tab], label: Text) -> SafeString:
    """Draw tabs or saved views."""
    return _draw(context, "ui/parts/tabs.html", {"items": items, "label": label})


@register.simple_tag(takes_context=True)
def steps(context: Context, items: Iterable[Step], current: str) -> SafeString:
    """Draw the steps of a wizard; those before the current one are done."""
    listed = list(items)
    place = next(number for number, step in enumerate(listed) if step.key == current)
    shown = [(step, number < place, number == place) for number, step in enumerate(listed)]
    return _draw(context, "ui/parts/steps.html", {"steps": shown})


@register.simple_tag(takes_context=True)
def chips(context: Context, items: Iterable[Chip], clear_url: str = "") -> SafeString:
    """Draw the filters that are on, each with the way to take it off."""
    return _draw(context, "ui/parts/chips.html", {"chips": list(items), "clear_url": clear_url})


@register.simple_tag(takes_context=True)
def figures(context: Context, items: Iterable[Figure]) -> SafeString:
    """Draw the few figures of a page in one line."""
    return _draw(context, "ui/parts/figures.html", {"figures": items})


@register.simple_tag(takes_context=True)
def facts(context: Context, items: Iterable[Fact]) -> SafeString:
    """Draw labels and values."""
    return _draw(context, "ui/parts/facts.html", {"facts": items})


@register.simple_tag(takes_context=True)
def history(context: Context, items: Iterable[Entry]) -> SafeString:
    """Draw what happened, in the order given."""
    return _draw(context, "ui/parts/history.html", {"entries": items})


@register.simple_tag(takes_context=True)
def diff(context: Context, items: Iterable[Change]) -> SafeString:
    """Draw fields before and after."""
    return _draw(context, "ui/parts/diff.html", {"changes": items})


@register.simple_tag(takes_context=True)
def progress(context: Context, job: Progress) -> SafeString:
    """Draw how far a job is; it asks again every two seconds until its `poll_url` is empty."""
    return _draw(context, "ui/parts/progress.html", {"job": job, "minutes_left": _minutes(job.seconds_left)})


@register.simple_tag(takes_context=True)
def calendar(context: Context, month: date, weeks: Iterable[Iterable[Any]]) -> SafeString:
    """Draw a month of `Day`s, weeks from Monday."""
    language = dates.language()
    name = f"{month.year}年{month.month}月" if language == "ja" else f"{month:%B %Y}"
    heads = [dates.short_day(date(2026, 6, number), language, 2026) for number in range(1, 8)]
    letters = [head[-2] if language == "ja" else head[:2] for head in heads]
    return _draw(context, "ui/parts/calendar.html", {"name": name, "letters": letters, "weeks": weeks})


@register.simple_tag(takes_context=True)
def field(context: Context, bound: BoundField) -> SafeString:
    """Draw one field of a form with label, help, input and errors."""
    return _draw(context, "ui/forms/field.html", {"field": bound})


@register.simple_tag(takes_context=True)
def error_summary(context: Context, form: BaseForm) -> SafeString:
    """Draw all errors of a form with links to their fields; nothing when there are none."""
    if not form.errors:
        return SafeString("")
    named = [(form[name], errors) for name, errors in form.errors.items() if name in form.fields]
    return _draw(context, "ui/forms/errors.html", {"named": named, "general": form.non_field_errors()})


@register.simple_tag(takes_context=True)
def edit_cell(context: Context, url: str, value: Any, label: Text) -> SafeString:
    """Draw a value in a table that turns into its form (fetched from `url`) when pressed."""
    return _draw(context, "ui/parts/edit_cell.html", {"url": url, "value": value, "label": label})


@register.simple_tag
def skeleton(rows: int = 5) -> SafeString:
    """Draw the shape of what is being fetched."""
    bars = format_html("{}" * rows, *[SafeString("<i></i>")] * rows)
    return format_html(
        '<div class="skeleton" role="status"><span class="hidden-text">{}</span>{}</div>', gettext("Loading"), bars
    )


@register.simple_block_tag(takes_context=True)
def grid(
    context: Context, content: str, *, label: Text, id: str = "", kind: str = "", reads: bool = True
) -> SafeString:
    """Frame a table: scrolls by itself, head stays; rows with `data-row` are walked with j and k."""
    return format_html(
        '<div class="grid{}" role="region" tabindex="0" aria-label="{}"{}{}><table>{}</table></div>',
        f" {kind}" if kind else "",
        label,
        _attributes({"id": id}),
        SafeString(" data-rows") if reads else "",
        content,
    )


@register.simple_block_tag(takes_context=True)
def bulk(context: Context, content: str, *, label: Text = "") -> SafeString:
    """Frame what can be done with the selected rows; seen only while some are."""
    return format_html(
        '<div class="bulk" data-bulk hidden role="group" aria-label="{}"><strong><span data-bulk-count>0</span> {}</strong>{}'
        '<button type="button" class="button button-quiet button-small" data-bulk-clear>{}</button></div>',
        label or gettext("Selected rows"),
        gettext("selected"),
        content,
        gettext("Clear"),
    )


@register.simple_block_tag(takes_context=True)
def dialog(context: Context, content: str, *, id: str, title: Text, kind: str = "") -> SafeString:
    """Frame a dialog that `{% button opens=id %}` opens."""
    return _draw(context, "ui/parts/dialog.html", {"id": id, "title": title, "kind": kind, "content": content})


@register.simple_block_tag(takes_context=True)
def menu(context: Context, content: str, *, label: Text, icon: str = "dots", shows_label: bool = False) -> SafeString:
    """Frame links and buttons that open under a button."""
    values = {"menu_id": _serial(context, "menu"), "label": label, "icon_name": icon, "shows_label": shows_label}
    return _draw(context, "ui/parts/menu.html", {**values, "content": content})


@register.simple_block_tag(takes_context=True)
def popover(context: Context, content: str, *, label: Text) -> SafeString:
    """Frame something short that opens under a text button."""
    return _draw(
        context, "ui/parts/popover.html", {"id": _serial(context, "popover"), "label": label, "content": content}
    )


@register.simple_block_tag(takes_context=True)
def callout(context: Context, content: str, *, title: Text = "", tone: str = "") -> SafeString:
    """Frame something that must not be missed; `tone` is `attention`, `danger` or `well`."""
    return _draw(context, "ui/parts/callout.html", {"title": title, "tone": tone, "content": content})


@register.simple_block_tag(takes_context=True)
def empty(context: Context, content: str, *, title: Text, example: Text = "") -> SafeString:
    """Frame what a list says before it has anything: one sentence, one real example, one action (the content)."""
    return _draw(context, "ui/parts/empty.html", {"title": title, "example": example, "content": content})


@register.simple_block_tag(takes_context=True)
def section(context: Context, content: str, *, title: Text, id: str = "", note: Text = "") -> SafeString:
    """Frame a part of a page under its own heading."""
    return _draw(context, "ui/parts/section.html", {"title": title, "id": id, "note": note, "content": content})


@register.simple_block_tag(takes_context=True)
def filters(context: Context, content: str, *, words: Text = "", name: str = "q") -> SafeString:
    """Frame the filters of a list: a box for words and the selects of the content; changes are sent at once."""
    request = context["request"]
    values = {"words": words, "name": name, "value": request.GET.get(name, ""), "content": content}
    return _draw(context, "ui/parts/filters.html", {**values, "sort": request.GET.get("sort", "")})


@register.simple_tag
def language_code() -> str:
    """Return the language of the page, also where there is no frame."""
    return dates.language()


@register.simple_tag(takes_context=True)
def theme_attribute(context: Context) -> SafeString:
    """Draw the attribute of the chosen brightness, also where there is no frame."""
    frame = context.get("frame")
    theme = frame.theme if frame else ""
    return format_html(' data-theme="{}"', theme) if theme else SafeString("")


@register.simple_tag(takes_context=True)
def language_switch(context: Context) -> SafeString:
    """Draw the switch to the other language; nothing where there is no frame."""
    frame = context.get("frame")
    if not frame or not frame.language_url:
        return SafeString("")
    values = {"action": frame.language_url, "next": frame.path, "others": frame.other_languages}
    return _draw(context, "ui/parts/language.html", values)


@register.simple_tag(takes_context=True)
def notes(context: Context) -> SafeString:
    """Draw the messages of the request as notes on the page, where no toasts are."""
    return _draw(context, "ui/parts/notes.html", {"messages": context.get("messages") or ()})


@register.simple_tag(takes_context=True)
def modules(context: Context, names: str) -> SafeString:
    """Load modules of the pages, each with the nonce of the answer."""
    nonce = f'nonce="{escape(str(context.get("csp_nonce", "")))}"'
    return SafeString("\n".join(f"{tag} {nonce}></script>" for tag in _module_tags(names)))


@lru_cache(maxsize=8)
def _module_tags(names: str) -> tuple[str, ...]:
    return tuple(format_html('<script type="module" src="{}"', static(f"ui/js/{name}.js")) for name in names.split())


@register.filter
def query_of(values: dict[str, Any]) -> str:
    """Return a mapping as a query string."""
    return urlencode(values, doseq=True)


def _draw(context: Context, name: str, values: dict[str, Any]) -> SafeString:
    drawn = context.template.engine.get_template(name)
    with context.push(**values):
        return drawn.render(context)


def _serial(context: Context, kind: str) -> str:
    serials = context.render_context.dicts[0].setdefault("ui_serials", {})
    serials[kind] = serials.get(kind, 0) + 1
    request = context.get("request")
    suffix = secrets.token_hex(3) if request is not None and request.headers.get("HX-Request") else ""
    return f"{kind}-{serials[kind]}{'-' if suffix else ''}{suffix}"


def _attributes(values: dict[str, str]) -> SafeString:
    drawn = [format_html(' {}="{}"', name, value) for name, value in values.items() if value]
    return format_html("{}" * len(drawn), *drawn) if drawn else SafeString("")


def _button_class(tone: str, size: str) -> str:
    return f"button{f' button-{tone}' if tone else ''}{f' button-{size}' if size else ''}"


def _arrow(*, is_up: bool) -> str:
    return f"{static('ui/icons.svg')}#{'arrow-up' if is_up else 'arrow-down'}"


def _minutes(seconds: int | None) -> int | None:
    return None if seconds is None else max(1, -(-seconds // 60))
