"""What somebody was told and may still see."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import NoReverseMatch

from kaname.kernel.notices.declarations import tellings
from kaname.kernel.notices.models import MailPreference, Notice
from kaname.kernel.notices.rules import VIEW
from kaname.kernel.notices.types import Line, Telling, Told
from kaname.kernel.prepared import asked
from kaname.kernel.rules.decisions import scope, visible
from kaname.kernel.rules.types import Actor


def list_notices(*, actor: Actor) -> QuerySet[Notice]:
    """Return the actor's own notices of things that the actor may still see, latest first. 1 query when read."""
    return _own(actor).filter(_still_visible(actor, tellings())).order_by("-created_at", "-id")


def unread_notices(*, actor: Actor) -> QuerySet[Notice]:
    """Return those of them that were not read. 1 query when read."""
    return list_notices(actor=actor).filter(read_at=None)


def unread_count(actor: Actor) -> int:
    """Return how many notices the actor has not read; 1 query, 1 more where there are any, none for visitors.

    Every page asks this, and most often there is nothing new: what may still be seen is asked for the kinds that wait alone.
    """
    if not actor.is_known or actor.actor_id is None:
        return 0
    waiting = set(asked(_kinds_unread, scope(actor, VIEW)))
    if not waiting:
        return 0
    known = tellings()
    unread = _own(actor).filter(read_at=None)
    return unread.filter(_still_visible(actor, {kind: known[kind] for kind in waiting & known.keys()})).count()


def find_mail_preference(*, actor: Actor) -> MailPreference:
    """Return how often the actor is told by mail; an unsaved row where nothing was chosen. 1 query."""
    found = MailPreference.objects.filter(account_id=actor.actor_id).first()
    return found or MailPreference(account_id=actor.actor_id)


def line_of(notice: Notice) -> Line:
    """Return a notice as it is shown, in the active language; 0 queries."""
    telling = tellings()[notice.kind]
    told = Told(object_id=notice.object_id, project_id=notice.project_id, params=notice.params)
    return Line(
        id=notice.pk,
        words=telling.sentence(notice.params),
        url=_address(telling.link, told),
        project_id=notice.project_id,
        at=notice.created_at,
        count=notice.count,
        is_read=notice.read_at is not None,
    )


def _address(link: Callable[[Told], str], told: Told) -> str:
    """Return where a notice leads; nowhere once the page it was written for is gone."""
    try:
        return link(told)
    except NoReverseMatch:
        return ""


def _kinds_unread(reach: Q) -> QuerySet[Notice, str]:
    return Notice.objects.filter(reach, read_at=None).order_by().values_list("kind", flat=True).distinct()


def _own(actor: Actor) -> QuerySet[Notice]:
    return visible(actor, VIEW, Notice.objects.all())


def _still_visible(actor: Actor, known: Mapping[str, Telling]) -> Q:
    kinds: dict[Callable[[Actor], QuerySet[Any]], list[str]] = {}
    for kind, telling in known.items():
        kinds.setdefault(telling.things, []).append(kind)
    seen = Q(pk__in=[])
    for things, names in kinds.items():
        reached = things(actor).order_by()
        if not reached.query.is_empty():
            seen |= Q(kind__in=names, object_id__in=reached.values("pk"))
    return seen
