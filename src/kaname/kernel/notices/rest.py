"""Notices in the API: one's own, reading them, how often they come by mail."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.urls import path
from django.utils.translation import gettext_lazy as _

from kaname.kernel.notices import operations
from kaname.kernel.notices.models import MailPreference, Notice
from kaname.kernel.notices.queries import find_mail_preference, line_of, list_notices
from kaname.kernel.notices.rules import KEEP, VIEW
from kaname.kernel.notices.types import MailRhythm
from kaname.kernel.rules.decisions import fetch
from kaname.kernel.rules.doors import Door
from kaname.kernel.rules.rest.bodies import Code, Id, Instant, Number, Strict, Text, Version
from kaname.kernel.rules.rest.filters import StrictFilterSet
from kaname.kernel.rules.rest.views import Act, ListView, RecordView, VerbView

_FACTS = ("id", "entry_id", "kind", "project_id", "count", "created_at", "read_at")


class NoticeBody(Strict):
    """A notice in the language asked for; `entry` is the number of the journal's entry that it tells of."""

    id = Id()
    entry = Id(source="entry_id")
    kind = Text(most=100)
    words = Text(most=2000)
    url = Text(most=500, allow_blank=True, help_text=_("Where it leads; empty where the page is gone."))
    project = Id(source="project_id", allow_null=True)
    count = Number(least=1, help_text=_("How many equal ones it stands for."))
    created_at = Instant()
    read_at = Instant(allow_null=True)

    def to_representation(self, instance: Notice) -> Any:
        """Say the notice in the reader's language."""
        line = line_of(instance)
        facts = {name: getattr(instance, name) for name in _FACTS}
        return super().to_representation(facts | {"words": line.words, "url": line.url})


class NoticeFilters(StrictFilterSet):
    """Which notices."""

    read = django_filters.ChoiceFilter(
        label=_("Those that were read, or those that were not."), choices=[("no", ""), ("yes", "")], method="looked_at"
    )

    def looked_at(self, notices: QuerySet[Notice], name: str, value: str) -> QuerySet[Notice]:
        """Keep those that were read, or the others."""
        return notices.filter(read_at__isnull=value == "no")


class Notices(ListView):
    """One's own notices."""

    door = Door(reads=VIEW, writes=None)
    says = {"GET": _("List one's own notices, newest first.")}
    serializer_class = NoticeBody
    filterset_class = NoticeFilters

    def find(self) -> QuerySet[Notice]:
        """Return the notices."""
        return list_notices(actor=self.actor)


class OneNotice(RecordView):
    """One of one's own notices."""

    door = Door(reads=VIEW, writes=None)
    says = {"GET": _("Return one of one's own notices.")}
    serializer_class = NoticeBody
    needs_version = False

    def find(self) -> Notice:
        """Return the notice."""
        return fetch(self.actor, VIEW, list_notices(actor=self.actor), pk=self.kwargs["notice_id"])


class ReadNotice(VerbView):
    """Mark a notice as read."""

    door = Door(reads=None, writes=KEEP)
    says = {"POST": _("Mark one of one's own notices as read; a second time does nothing.")}
    serializer_class = NoticeBody
    does = Act(operations.mark_read, notice_id="notice_id")


class ReadingAll(Strict):
    """Up to which notice the list was read."""

    up_to = Id(help_text=_("The highest `entry` that was read."))


class ReadNotices(Strict):
    """How many notices were marked."""

    count = Number()


class ReadAllNotices(VerbView):
    """Mark notices as read."""

    door = Door(reads=None, writes=KEEP)
    says = {"POST": _("Mark one's own notices as read up to an entry; what came meanwhile stays unread.")}
    serializer_class = ReadNotices
    input_class = ReadingAll

    def perform(self, **values: Any) -> dict[str, int]:
        """Mark them."""
        return {"count": Act(operations.mark_all_read)(self, **values)}


class MailsBody(Strict):
    """How often notices come by mail, and when the last one was sent."""

    version = Version()
    rhythm = Code(choices=MailRhythm.choices)
    mailed_at = Instant(allow_null=True)


class MailsChange(Strict):
    """How often notices shall come by mail."""

    rhythm = Code(choices=MailRhythm.choices)


class Mails(RecordView):
    """How often notices come by mail."""

    door = Door(reads=VIEW, writes=KEEP)
    says = {
        "GET": _("Return how often one's own notices come by mail."),
        "PATCH": _("Choose how often one's own notices come by mail."),
    }
    serializer_class = MailsBody
    input_class = MailsChange
    changes = Act(operations.choose_mail_rhythm)

    def find(self) -> MailPreference:
        """Return the preference."""
        return find_mail_preference(actor=self.actor)


urlpatterns = [
    path("notices/", Notices.as_view(), name="api_notices"),
    path("notices/read/", ReadAllNotices.as_view(), name="api_notices_read"),
    path("notices/mails/", Mails.as_view(), name="api_notices_mails"),
    path("notices/<int:notice_id>/", OneNotice.as_view(), name="api_notice"),
    path("notices/<int:notice_id>/read/", ReadNotice.as_view(), name="api_notice_read"),
]
