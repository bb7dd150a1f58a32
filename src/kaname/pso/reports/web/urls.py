"""Addresses of the reports of one project."""

from django.urls import path

from kaname.pso.reports.web import health, history, live

app_name = "reports"
urlpatterns = [
    path("", health.health, name="health"),
    path("recompute/", health.recompute, name="recompute"),
    path("why/", health.why, name="why"),
    path("history/", history.history, name="history"),
    path("earned-value/", live.earned_value, name="earned_value"),
    path("clinic/", live.clinic, name="clinic"),
]
