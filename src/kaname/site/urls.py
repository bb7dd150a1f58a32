"""All URLs: each room's under its own prefix."""

from django.urls import URLPattern, URLResolver, path

from kaname.site.web import files, views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("language/", views.switch_language, name="language"),
    path("files/<int:file_id>/", files.download, name="file"),
]
