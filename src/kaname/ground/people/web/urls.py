"""Addresses of people."""

from django.urls import URLPattern, path

from kaname.ground.people.web import person, register

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("", register.people, name="people"),
    path("options/", register.options, name="options"),
    path("me/", person.me, name="me"),
    path("<int:person>/", person.facts, name="person"),
]
