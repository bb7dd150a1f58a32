"""All URLs: each room's under its own prefix."""

from django.urls import URLPattern, URLResolver, include, path

from kaname.site.web import files, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("language/", views.switch_language, name="language"),
    path("files/<int:file_id>/", files.download, name="file"),
    path("", include("kaname.site.web.account_urls")),
    path("start/", include("kaname.site.web.start_urls")),
    path("api/v1/", include("kaname.site.rest.urls")),
    path("administration/", include("kaname.site.web.administration_urls")),
]
