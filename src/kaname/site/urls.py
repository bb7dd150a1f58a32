"""All URLs: each room's under its own prefix."""

from django.urls import URLPattern, URLResolver, path

from kaname.site.web import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("", views.home, name="home"),
    path("language/", views.switch_language, name="language"),
]
