"""Addresses of the search."""

from django.urls import URLPattern, path

from kaname.site.web import search

urlpatterns: list[URLPattern] = [path("", search.search, name="search")]
