"""Addresses of background jobs."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
