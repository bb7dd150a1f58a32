"""Addresses of calendars."""

from django.urls import URLPattern, path

from kaname.ground.calendars.web import calendar, company, editing, exceptions, register

app_name = "calendars"
urlpatterns: list[URLPattern] = [
    path("", register.calendars, name="calendars"),
    path("new/", editing.new, name="new"),
    path("year/", company.company_year, name="company_year"),
    path("holidays/", company.holidays, name="holidays"),
    path("holidays/preview/", company.preview_holidays, name="preview_holidays"),
    path("holidays/take/", company.take_holidays, name="take_holidays"),
    path("holidays/<int:year>/forget/", company.forget_holidays, name="forget_holidays"),
    path("<int:calendar>/", calendar.year, name="calendar"),
    path("<int:calendar>/edit/", editing.edit, name="edit"),
    path("<int:calendar>/archive/", editing.archive, name="archive"),
    path("<int:calendar>/restore/", editing.restore, name="restore"),
    path("<int:calendar>/exceptions/", exceptions.exceptions, name="exceptions"),
    path("<int:calendar>/exceptions/<int:exception>/remove/", exceptions.remove, name="remove_exception"),
]
