"""The site's addresses; the page of all components stands among them."""

from django.urls import include, path

urlpatterns = [path("", include("kaname.site.urls"))]
