"""Plan files in the API: sent, read, looked at, taken in, undone."""

from io import BytesIO
from typing import IO, Any, cast
from uuid import uuid4

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from kaname.engine.text import Message
from kaname.ground.projects.queries import fetch_project
from kaname.kernel import clock
from kaname.kernel.files.shelf import EmptyContent, TooLarge
from kaname.kernel.jobs.queue import enqueue_on_commit
from kaname.kernel.rules.decisions import fetch, visible
from kaname.kernel.rules.doors import Door
from kaname.kernel.rules.rest.errors import BodyInvalid
from kaname.kernel.rules.rest.views import ListView, RecordView, VerbView
from kaname.kernel.text import translate
from kaname.pso.schedule import operations
from kaname.pso.schedule.jobs import read_import, take_import_in
from kaname.pso.schedule.models import PlanImport
from kaname.pso.schedule.rest.bodies import ImportBody, LossBody, TakingIn
from kaname.pso.schedule.rules import IMPORT, OWN_IMPORT


class Octets(BaseParser):
    """A body that is a file."""

    media_type = "application/octet-stream"

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """Hand out the stream."""
        return stream


class Imports(ListView):
    """One's own imports."""

    door = Door(reads=OWN_IMPORT, writes=None)
    says = {"GET": _("List one's own imports, newest first.")}
    serializer_class = ImportBody

    def find(self) -> QuerySet[PlanImport]:
        """Return the imports."""
        return visible(self.actor, OWN_IMPORT, PlanImport.objects.all()).order_by("-id")


class SendFile(ListView):
    """A plan file to be read."""

    door = Door(reads=None, writes=IMPORT)
    says = {"POST": _("Send a plan file under its name; it is read in the background.")}
    serializer_class = ImportBody
    parser_classes = [Octets]
    takes = {"application/octet-stream": OpenApiTypes.BINARY}
    http_method_names = ["post"]

    def post(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Keep the file and queue its reading."""
        # Without a body no parser is asked, and the framework answers an empty mapping instead of a stream.
        stream = cast("IO[bytes]", request.data or BytesIO())
        chunks = iter(lambda: stream.read(1 << 16), b"")
        try:
            row = operations.upload_plan_file(
                actor=self.actor, now=clock.now(), batch=uuid4(), file_name=self.kwargs["file_name"], chunks=chunks
            )
        except EmptyContent as error:
            raise BodyInvalid([_("The file is empty.")]) from error
        except TooLarge as error:
            raise BodyInvalid([_("The file is too large.")]) from error
        enqueue_on_commit(read_import, import_id=row.pk)
        return self.created(row)


def _own(view: Any) -> PlanImport:
    return fetch(view.actor, OWN_IMPORT, PlanImport.objects.select_related("project"), pk=view.kwargs["import_id"])


class OneImport(RecordView):
    """One of one's own imports."""

    door = Door(reads=OWN_IMPORT, writes=None)
    says = {"GET": _("Return one of one's own imports.")}
    serializer_class = ImportBody

    def find(self) -> PlanImport:
        """Return the import."""
        return _own(self)


class Losses(ListView):
    """What becomes of each part of a file."""

    door = Door(reads=OWN_IMPORT, writes=None)
    says = {"GET": _("List what of a file is mapped, changed or lost, and why.")}
    serializer_class = LossBody

    def find(self) -> list[dict[str, Any]]:
        """Return the loss report."""
        return [_loss(entry) for entry in _own(self).loss]

    def filter_queryset(self, queryset: Any) -> Any:
        """Keep all: the report is a list, not a query."""
        return queryset


class TakeIn(VerbView):
    """Make a file the plan of a project."""

    door = Door(reads=None, writes=OWN_IMPORT)
    says = {"POST": _("Make a file that was read the plan of a project, in the background.")}
    serializer_class = ImportBody
    input_class = TakingIn

    def perform(self, **values: Any) -> PlanImport:
        """Queue it."""
        row = _own(self)
        project = fetch_project(actor=self.actor, project_id=values["project"])
        begun = operations.begin_taking_in(actor=self.actor, now=clock.now(), import_id=row.pk, project=project)
        enqueue_on_commit(take_import_in, import_id=row.pk)
        return begun


class Undo(VerbView):
    """Put the plan back as it was before an import."""

    door = Door(reads=None, writes=OWN_IMPORT)
    says = {"POST": _("Put the plan back as it was before an import.")}
    serializer_class = ImportBody

    def perform(self, **values: Any) -> PlanImport:
        """Undo it."""
        return operations.undo_import(actor=self.actor, now=clock.now(), import_id=_own(self).pk)


class Discard(VerbView):
    """Forget a file that was not taken in."""

    door = Door(reads=None, writes=OWN_IMPORT)
    says = {"POST": _("Forget a file that was not taken in.")}
    serializer_class = ImportBody

    def perform(self, **values: Any) -> PlanImport:
        """Discard it."""
        return operations.discard_import(actor=self.actor, now=clock.now(), import_id=_own(self).pk)


def _loss(entry: dict[str, Any]) -> dict[str, Any]:
    message = entry["message"]
    reason = translate(Message(message["template"], message["params"])) if message else ""
    return {**{name: entry[name] for name in ("outcome", "subject", "place", "label", "count")}, "reason": reason}
