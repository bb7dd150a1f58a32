"""No migration is missing."""

from copy import deepcopy

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, models
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState
from django.utils.translation import override


def missing(wanted: ProjectState) -> list[str]:
    """Return the apps whose migrations do not lead to the models."""
    with override(None):
        loader = MigrationLoader(None)
        changes = MigrationAutodetector(loader.project_state(), wanted).changes(graph=loader.graph)
    return sorted(changes)


def as_they_are() -> ProjectState:
    """Return the models; labels are compared as they are written, in no language."""
    with override(None):
        return ProjectState.from_apps(apps)


def test_no_migration_is_missing() -> None:
    assert missing(as_they_are()) == []


def test_field_without_a_migration_is_found() -> None:
    wanted = deepcopy(as_they_are())
    wanted.models["projects", "project"].fields["forgotten"] = models.IntegerField(default=0)
    assert missing(wanted) == ["projects"]


@pytest.mark.django_db
def test_migrations_are_consistent_with_what_was_applied() -> None:
    MigrationLoader(connection).check_consistent_history(connection)
    call_command("migrate", check_unapplied=True, verbosity=0)
