"""Addresses of background jobs."""

from django.urls import URLPattern, path

from kaname.site.web import jobs

urlpatterns: list[URLPattern] = [
    path("", jobs.jobs, name="jobs"),
    path("<uuid:job_id>/", jobs.job, name="job"),
    path("<uuid:job_id>/retry/", jobs.retry, name="job_retry"),
    path("<uuid:job_id>/drop/", jobs.drop, name="job_drop"),
    path("<uuid:job_id>/stop/", jobs.stop, name="job_stop"),
]
