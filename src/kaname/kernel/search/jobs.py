"""The timed and queued entry to rebuilding."""

from datetime import time

from django.tasks import task
from django.utils.translation import gettext_lazy as _

from kaname.kernel.jobs.policies import policy
from kaname.kernel.jobs.timers import Daily, timed
from kaname.kernel.search.index import forget_unknown_sources, rebuild, rebuild_project
from kaname.kernel.search.sources import SOURCES


@timed(Daily(at=time(2, 40)))
@task()
@policy(label=_("Rebuild the search index"))
def rebuild_search_index() -> dict[str, int]:
    """Rebuild all sources, each thing in a short transaction; return the number of things by source."""
    forget_unknown_sources()
    return {source.name: rebuild(source=source.name) for source in SOURCES}


@task()
@policy(label=_("Index the things of a project"))
def index_project(source: str, project_id: int) -> int:
    """Index all things of a source in one project, each batch in a short transaction; return how many there are."""
    return rebuild_project(source=source, project_id=project_id)
