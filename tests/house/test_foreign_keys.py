"""Foreign keys look down as imports do, and a key into another room protects what it points to."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps

from tests.house.source import settings_of

FLOORS = ("ground", "pso", "pmo")


def ranks() -> dict[str, tuple[int, int]]:
    """Return floor and layer of every room by its label, read from the import contracts: one table for both."""
    layers = {contract["id"]: contract.get("layers", []) for contract in settings_of("importlinter")["contracts"]}
    return {
        room.strip(" ()"): (FLOORS.index(floor), -position)
        for floor in FLOORS
        for position, layer in enumerate(layers[floor])
        for room in layer.split("|")
    }


def own_models() -> list[type[models.Model]]:
    return [model for model in apps.get_models(include_auto_created=True) if model.__module__.startswith("kaname.")]


def keys_to_elsewhere(among: Iterable[type[models.Model]]) -> Iterator[tuple[str, str, str, Any]]:
    """Yield name, own label, label pointed to and field of every relation that leaves its app."""
    for model in among:
        for field in (*model._meta.fields, *model._meta.many_to_many):
            target = field.related_model
            if target and target != "self" and target._meta.app_label != model._meta.app_label:
                yield f"{model._meta.label}.{field.name}", model._meta.app_label, target._meta.app_label, field


def upward(among: Iterable[type[models.Model]]) -> list[str]:
    """Return the keys that lead up or to a stranger; what is in no room is the kernel or lies below it."""
    order = ranks()
    return [
        f"{name} -> {target}"
        for name, own, target, _ in keys_to_elsewhere(among)
        if target in order and not (own in order and order[target] < order[own])
    ]


def unprotected(among: Iterable[type[models.Model]]) -> list[str]:
    """Return the keys between rooms that delete along or give the lower room a way up."""
    order = ranks()
    return [
        name
        for name, own, target, field in keys_to_elsewhere(among)
        if own in order
        and target in order
        and (field.remote_field.on_delete is not models.PROTECT or field.remote_field.related_name != "+")
    ]


def test_foreign_keys_look_down() -> None:
    assert upward(own_models()) == []


def test_keys_between_rooms_protect_and_give_no_way_back() -> None:
    assert unprotected(own_models()) == []


@isolate_apps()
def test_bad_keys_are_found() -> None:
    def key(to: str, **options: Any) -> models.ForeignKey:
        return models.ForeignKey(to, **{"on_delete": models.PROTECT, "related_name": "+"} | options)

    class Project(models.Model):
        class Meta:
            app_label = "projects"

    class Person(models.Model):
        project = key(Project)

        class Meta:
            app_label = "people"

    class Entry(models.Model):
        project = key(Project)

        class Meta:
            app_label = "journal"

    class Plan(models.Model):
        project = key(Project, on_delete=models.CASCADE)
        second = key(Project, related_name="plans")
        third = key(Project)

        class Meta:
            app_label = "schedule"

    bad = (Project, Person, Entry, Plan)
    assert upward(bad) == ["people.Person.project -> projects", "journal.Entry.project -> projects"]
    assert unprotected(bad) == ["schedule.Plan.project", "schedule.Plan.second"]


def test_strangers_have_one_rank() -> None:
    order = ranks()
    assert order["desk"] == order["changes"] > order["schedule"] > order["facilities"] == order["issues"]
    assert order["resources"] > order["communication"] > order["documents"] > order["calendars"]
