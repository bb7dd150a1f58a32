"""The first start and the sample company's persons."""

from django.urls import URLPattern, path

from kaname.site.web import start

urlpatterns: list[URLPattern] = [
    path("", start.start, name="start"),
    path("administrator/", start.first_administrator, name="start_administrator"),
    path("sample/", start.sample, name="start_sample"),
    path("sample/progress/", start.sample_progress, name="start_sample_progress"),
    path("sample/people/<int:account_id>/", start.go_as, name="start_sample_person"),
]
