"""Addresses of notices."""

from django.urls import URLPattern, path

from kaname.site.web import notices

urlpatterns: list[URLPattern] = [
    path("", notices.notices, name="notices"),
    path("read/", notices.read_all, name="notices_read_all"),
    path("<int:notice_id>/", notices.follow, name="notice"),
    path("<int:notice_id>/read/", notices.read_one, name="notice_read"),
]
