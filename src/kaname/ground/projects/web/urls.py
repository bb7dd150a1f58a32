"""Addresses of projects."""

from django.urls import path

from kaname.ground.projects.web import activity, editing, face, members, register, reporting, terms

app_name = "projects"
urlpatterns = [
    path("", register.projects, name="projects"),
    path("options/", register.options, name="options"),
    path("export/", register.export, name="export"),
    path("register/", editing.register, name="register"),
    path("groups/", terms.groups, name="groups"),
    path("groups/add/", terms.add_group, name="add_group"),
    path("groups/<int:group>/", terms.edit_group, name="edit_group"),
    path("groups/<int:group>/archive/", terms.archive_group, name="archive_group"),
    path("groups/<int:group>/restore/", terms.restore_group, name="restore_group"),
    path("classes/", terms.classes, name="classes"),
    path("classes/add/", terms.add_class, name="add_class"),
    path("classes/<int:project_class>/", terms.edit_class, name="edit_class"),
    path("classes/<int:project_class>/archive/", terms.archive_class, name="archive_class"),
    path("classes/<int:project_class>/restore/", terms.restore_class, name="restore_class"),
    path("<int:project>/", face.project, name="project"),
    path("<int:project>/peek/", register.peek, name="peek"),
    path("<int:project>/neighbours/", register.neighbours, name="neighbours"),
    path("<int:project>/edit/", editing.edit, name="edit"),
    path("<int:project>/close/", editing.close, name="close"),
    path("<int:project>/reopen/", editing.reopen, name="reopen"),
    path("<int:project>/archive/", editing.archive, name="archive"),
    path("<int:project>/restore/", editing.restore, name="restore"),
    path("<int:project>/phases/", editing.phases, name="phases"),
    path("<int:project>/status/", reporting.statuses, name="statuses"),
    path("<int:project>/activity/", activity.activity, name="activity"),
    path("<int:project>/people/", members.people, name="people"),
    path("<int:project>/people/add/", members.add, name="add_member"),
    path("<int:project>/people/<int:membership>/", members.change, name="change_member"),
    path("<int:project>/people/<int:membership>/role/", members.change_role, name="change_role"),
    path("<int:project>/people/<int:membership>/remove/", members.remove, name="remove_member"),
]
