"""Plans in the API: each address calls one query or one operation of the schedule."""

from django.urls import URLPattern, path

from kaname.pso.schedule.rest import imports, plans, tasks

_PLAN = "projects/<int:project>/plan/"

urlpatterns: list[URLPattern] = [
    path(_PLAN, plans.OnePlan.as_view(), name="api_plan"),
    path(f"{_PLAN}begin/", plans.BeginPlan.as_view(), name="api_plan_begin"),
    path(f"{_PLAN}baselines/", plans.Baselines.as_view(), name="api_plan_baselines"),
    path(f"{_PLAN}runs/", plans.Runs.as_view(), name="api_plan_runs"),
    path(f"{_PLAN}runs/<int:run>/moves/", plans.Moves.as_view(), name="api_plan_moves"),
    path(f"{_PLAN}tasks/", tasks.Tasks.as_view(), name="api_plan_tasks"),
    path(f"{_PLAN}tasks/<int:task>/", tasks.OneTask.as_view(), name="api_plan_task"),
    path(f"{_PLAN}tasks/<int:task>/place/", tasks.PlaceTask.as_view(), name="api_plan_task_place"),
    path(f"{_PLAN}tasks/<int:task>/people/", tasks.Assignments.as_view(), name="api_plan_task_people"),
    path(f"{_PLAN}tasks/<int:task>/staff/", tasks.StaffTask.as_view(), name="api_plan_task_staff"),
    path(f"{_PLAN}tasks/<int:task>/reports/", tasks.Reports.as_view(), name="api_plan_task_reports"),
    path(f"{_PLAN}tasks/<int:task>/report/", tasks.ReportProgress.as_view(), name="api_plan_task_report"),
    path(f"{_PLAN}links/", tasks.Links.as_view(), name="api_plan_links"),
    path(f"{_PLAN}links/<int:link>/", tasks.OneLink.as_view(), name="api_plan_link"),
    path(f"{_PLAN}removals/", tasks.Removals.as_view(), name="api_plan_removals"),
    path(f"{_PLAN}removals/<int:removal>/restore/", tasks.RestoreRemoved.as_view(), name="api_plan_removal_restore"),
    path("imports/", imports.Imports.as_view(), name="api_imports"),
    path("imports/files/<str:file_name>/", imports.SendFile.as_view(), name="api_import_send"),
    path("imports/<int:import_id>/", imports.OneImport.as_view(), name="api_import"),
    path("imports/<int:import_id>/loss/", imports.Losses.as_view(), name="api_import_loss"),
    path("imports/<int:import_id>/take-in/", imports.TakeIn.as_view(), name="api_import_take_in"),
    path("imports/<int:import_id>/undo/", imports.Undo.as_view(), name="api_import_undo"),
    path("imports/<int:import_id>/discard/", imports.Discard.as_view(), name="api_import_discard"),
]
