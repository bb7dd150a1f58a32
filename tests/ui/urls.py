"""The site's addresses and the page of all components."""

from django.urls import include, path

from kaname.site.web import views

urlpatterns = [
    path("", views.home, name="home"),
    path("language/", views.switch_language, name="language"),
    path("ui/", include("kaname.ui.web.urls")),
    path("", include("kaname.site.urls")),
]
