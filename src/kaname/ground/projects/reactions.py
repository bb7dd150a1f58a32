"""What the search finds follows the projects."""

from datetime import datetime

from kaname.ground.projects.events import ProjectChanged, ProjectRegistered
from kaname.kernel.journal.models import Entry
from kaname.kernel.journal.reactions import reacts_to
from kaname.kernel.journal.types import Event
from kaname.kernel.search.index import refresh


def _per_project(event: Event) -> str:
    return str(event.project_id)


@reacts_to(ProjectRegistered, ProjectChanged, fold_key=_per_project)
def index_project(entry: Entry, now: datetime) -> None:
    """Write the words of the project that the entry is about anew."""
    if entry.project_id is not None:
        refresh(source="projects.project", object_ids=[entry.project_id])
