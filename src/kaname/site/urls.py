"""All URLs: each room's under its own prefix."""

from django.urls import URLPattern, URLResolver, include, path

from kaname.site.web import day, files, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", day.day, name="home"),
    path("language/", views.switch_language, name="language"),
    path("files/<int:file_id>/", files.download, name="file"),
    path("", include("kaname.site.web.account_urls")),
    path("start/", include("kaname.site.web.start_urls")),
    path("notices/", include("kaname.site.web.notices_urls")),
    path("search/", include("kaname.site.web.search_urls")),
    path("calendars/", include("kaname.ground.calendars.web.urls")),
    path("people/", include("kaname.ground.people.web.urls")),
    path("projects/", include("kaname.ground.projects.web.urls")),
    path("projects/<int:project>/schedule/", include("kaname.pso.schedule.web.urls")),
    path("projects/<int:project>/health/", include("kaname.pso.reports.web.urls")),
    path("imports/", include("kaname.pso.schedule.web.import_urls")),
    path("health-rules/", include("kaname.pso.reports.web.rules_urls")),
    path("portfolio/", include("kaname.pmo.portfolio.web.urls")),
    path("ui/", include("kaname.ui.web.urls")),
    path("api/v1/", include("kaname.site.rest.urls")),
    path("administration/jobs/", include("kaname.site.web.jobs_urls")),
    path("administration/", include("kaname.site.web.administration_urls")),
]
