"""Addresses of the schedule."""

from django.urls import URLPattern, path

from kaname.pso.schedule.web import history, plan, tasks

app_name = "schedule"
urlpatterns: list[URLPattern] = [
    path("", plan.plan, name="plan"),
    path("begin/", plan.begin, name="begin"),
    path("tasks/<int:task>/", tasks.task, name="task"),
    path("tasks/<int:task>/peek/", tasks.peek, name="peek"),
    path("tasks/<int:task>/why/", tasks.why, name="why"),
    path("changes/", history.changes, name="changes"),
    path("changes/<int:run>/", history.run, name="run"),
]
