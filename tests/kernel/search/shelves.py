"""A kind of things to be found, made of accounts: everybody sees those whose name does not begin with 隠."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from kaname.kernel.accounts.models import User
from kaname.kernel.rules.types import Actor
from kaname.kernel.search.sources import SOURCES, Source, Text, register_source

OPEN = "tests.book"
OTHER = "tests.paper"


def seen(actor: Actor) -> QuerySet[Any]:
    return User.objects.all() if actor.is_system else User.objects.exclude(name__startswith="隠")


def texts(ids: Collection[int]) -> list[Text]:
    return [Text(object_id=user.pk, title=user.name, body=user.email) for user in User.objects.filter(pk__in=ids)]


def url(object_id: int, project_id: int | None) -> str:
    return f"/projects/{project_id}/{object_id}/"


if OPEN not in SOURCES:
    register_source(Source(name=OPEN, label="Books", things=seen, texts=texts, url=url, icon="book"), order=9_000)
    register_source(Source(name=OTHER, label="Papers", things=seen, texts=texts, url=url), order=9_001)
