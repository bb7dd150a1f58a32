"""Addresses of the health rules of the company."""

from django.urls import path

from kaname.pso.reports.web import governing

app_name = "health_rules"
urlpatterns = [
    path("", governing.rules, name="rules"),
    path("new/", governing.adopt, name="adopt"),
]
