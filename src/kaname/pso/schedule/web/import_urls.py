"""Addresses of the import of plan files."""

from django.urls import URLPattern

app_name = "imports"
urlpatterns: list[URLPattern] = []
