"""`/api/v1/`: each room's addresses, then one answer for all that is not there."""

from typing import Final

from django.urls import URLPattern, URLResolver, include, path, re_path

from kaname.site.rest import root

ROOMS: Final = (
    "kaname.kernel.accounts.rest",
    "kaname.kernel.jobs.rest",
    "kaname.kernel.notices.rest",
    "kaname.kernel.search.rest",
    "kaname.ground.calendars.rest",
    "kaname.ground.people.rest",
    "kaname.ground.projects.rest",
    "kaname.pso.schedule.rest",
    "kaname.pso.reports.rest",
    "kaname.pmo.portfolio.rest",
)
"""Modules with `urlpatterns` of `kernel.rules.rest` views."""

urlpatterns: list[URLPattern | URLResolver] = [
    path("", root.Root.as_view(), name="api_root"),
    path("schema/", root.Description.as_view(), name="api_schema"),
    path("docs/", root.docs, name="api_docs"),
    *(path("", include(room)) for room in ROOMS),
    re_path(r"^.*$", root.Nothing.as_view(), name="api_nothing"),
]
