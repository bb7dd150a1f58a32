"""Addresses of projects."""

from django.urls import path

from kaname.ground.projects.web import face, register

app_name = "projects"
urlpatterns = [
    path("", register.projects, name="projects"),
    path("options/", register.options, name="options"),
    path("<int:project>/", face.project, name="project"),
    path("<int:project>/peek/", register.peek, name="peek"),
    path("<int:project>/neighbours/", register.neighbours, name="neighbours"),
]
