"""Projects in the API: each address calls one query or one operation of the room."""

from django.urls import URLPattern, path

from kaname.ground.projects.rest import members, projects, statuses, terms

_PROJECT = "projects/<int:project>/"
_MEMBERSHIP = f"{_PROJECT}memberships/<int:membership>/"

urlpatterns: list[URLPattern] = [
    path("groups/", terms.Groups.as_view(), name="api_groups"),
    path("groups/<int:group>/", terms.OneGroup.as_view(), name="api_group"),
    path("groups/<int:group>/archive/", terms.ArchiveGroup.as_view(), name="api_group_archive"),
    path("groups/<int:group>/restore/", terms.RestoreGroup.as_view(), name="api_group_restore"),
    path("classes/", terms.Classes.as_view(), name="api_classes"),
    path("classes/<int:project_class>/", terms.OneClass.as_view(), name="api_class"),
    path("classes/<int:project_class>/archive/", terms.ArchiveClass.as_view(), name="api_class_archive"),
    path("classes/<int:project_class>/restore/", terms.RestoreClass.as_view(), name="api_class_restore"),
    path("projects/", projects.Projects.as_view(), name="api_projects"),
    path(_PROJECT, projects.OneProject.as_view(), name="api_project"),
    path(f"{_PROJECT}close/", projects.CloseProject.as_view(), name="api_project_close"),
    path(f"{_PROJECT}reopen/", projects.ReopenProject.as_view(), name="api_project_reopen"),
    path(f"{_PROJECT}archive/", projects.ArchiveProject.as_view(), name="api_project_archive"),
    path(f"{_PROJECT}restore/", projects.RestoreProject.as_view(), name="api_project_restore"),
    path(f"{_PROJECT}phases/", projects.Phases.as_view(), name="api_project_phases"),
    path(f"{_PROJECT}phases/arrange/", projects.ArrangePhases.as_view(), name="api_project_phases_arrange"),
    path(f"{_PROJECT}memberships/", members.Memberships.as_view(), name="api_project_memberships"),
    path(_MEMBERSHIP, members.OneMembership.as_view(), name="api_project_membership"),
    path(f"{_MEMBERSHIP}role/", members.ChangeRole.as_view(), name="api_project_membership_role"),
    path(f"{_PROJECT}statuses/", statuses.Statuses.as_view(), name="api_project_statuses"),
]
