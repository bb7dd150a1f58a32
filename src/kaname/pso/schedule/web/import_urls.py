"""Addresses of the import of plan files."""

from django.urls import path

from kaname.pso.schedule.web import import_columns, import_file, imports

app_name = "imports"
urlpatterns = [
    path("", imports.imports, name="imports"),
    path("projects/", imports.projects, name="projects"),
    path("batch/<uuid:batch>/", imports.batch, name="batch"),
    path("batch/<uuid:batch>/files/<int:import_id>/", imports.row, name="row"),
    path("batch/<uuid:batch>/confirm/", imports.confirm, name="confirm"),
    path("batch/<uuid:batch>/result/", imports.result, name="result"),
    path("<int:import_id>/", import_file.preview, name="preview"),
    path("<int:import_id>/dates/", import_file.dates, name="dates"),
    path("<int:import_id>/loss/", import_file.loss, name="loss"),
    path("<int:import_id>/columns/", import_columns.columns, name="columns"),
    path("<int:import_id>/again/", import_file.again, name="again"),
    path("<int:import_id>/undo/", import_file.undo, name="undo"),
    path("<int:import_id>/discard/", import_file.discard, name="discard"),
]
