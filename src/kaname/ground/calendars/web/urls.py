"""Addresses of calendars."""

from django.urls import URLPattern, path

from kaname.ground.calendars.web import calendar, register

app_name = "calendars"
urlpatterns: list[URLPattern] = [
    path("", register.calendars, name="calendars"),
    path("<int:calendar>/", calendar.year, name="calendar"),
]
