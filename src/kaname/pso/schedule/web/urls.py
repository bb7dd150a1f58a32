"""Addresses of the schedule."""

from django.urls import URLPattern, path

from kaname.pso.schedule.web import changing, edits, exports, history, keeping, plan, reporting, rows, tasks

app_name = "schedule"
urlpatterns: list[URLPattern] = [
    path("", plan.plan, name="plan"),
    path("rows/", rows.rows, name="rows"),
    path("edit/", edits.edit, name="edit"),
    path("begin/", plan.begin, name="begin"),
    path("tasks/<int:task>/", tasks.task, name="task"),
    path("tasks/<int:task>/peek/", tasks.peek, name="peek"),
    path("tasks/<int:task>/why/", tasks.why, name="why"),
    path("tasks/<int:task>/change/", changing.change, name="change"),
    path("tasks/<int:task>/report/", reporting.report_task, name="report_task"),
    path("report/", reporting.report, name="report"),
    path("baselines/", keeping.baselines, name="baselines"),
    path("settings/", keeping.settings, name="settings"),
    path("export/<slug:kind>/", exports.export, name="export"),
    path("changes/", history.changes, name="changes"),
    path("changes/<int:run>/", history.run, name="run"),
]
