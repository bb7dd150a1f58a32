"""Plans out and in again: equal tasks, dates and links; nothing handed to whoever may not see the plan."""

from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from kaname.engine.network import schedule
from kaname.formats.delimited.read import read_delimited
from kaname.formats.mspdi import read_mspdi
from kaname.formats.workbook.read import read_workbook
from kaname.pso.schedule.models import Link, Plan, Task
from kaname.pso.schedule.operations import begin_taking_in, note_reading, take_in, upload_plan_file
from kaname.pso.schedule.operations.imports import ReadFacts
from tests.rooms.company import NOW, Company, found_company
from tests.rooms.plan_file import large_plan, mspdi

READERS = {
    "mspdi": read_mspdi,
    "xlsx": read_workbook,
    "csv": read_delimited,
    "csv-cp932": read_delimited,
    "tsv": read_delimited,
}


@pytest.fixture
def company(db) -> Company:
    with time_machine.travel(NOW, tick=False):
        made = found_company()
        content = read_mspdi(mspdi(large_plan(45)), file="plan.xml").plan
        row = upload_plan_file(actor=made.pm, now=NOW, batch=uuid4(), file_name="plan.xml", chunks=[b"<Project/>"])
        facts = ReadFacts(summary={}, loss=(), survey=(), content=b"", keys=())
        note_reading(actor=made.pm, now=NOW, import_id=row.pk, kind="mspdi", found=facts)
        begin_taking_in(actor=made.pm, now=NOW, import_id=row.pk, project=made.own)
        take_in(actor=made.pm, now=NOW, import_id=row.pk, content=content)
        yield made


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def written(company, kind, **asked):
    return client_of(company.pm).get(reverse("schedule:export", args=(company.own.pk, kind)), asked)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("kind", list(READERS))
def test_plan_written_and_read_again_has_equal_tasks_dates_and_links(company, kind, language):
    answer = written(company, kind, language=language)
    plan = READERS[kind](answer.content, file=f"plan.{kind}").plan
    rows = list(Task.objects.order_by("position"))
    assert [task.name for task in plan.tasks] == [row.name for row in rows]
    computed = schedule(plan)
    assert [(item.start_at, item.finish_at) for item in computed] == [(row.start_at, row.finish_at) for row in rows]
    positions = {task.uid: number for number, task in enumerate(plan.tasks, start=1)}
    links = {(positions[link.predecessor_uid], positions[link.successor_uid], link.type.value) for link in plan.links}
    assert links == set(Link.objects.values_list("predecessor__position", "successor__position", "type"))


def test_file_is_named_in_japanese(company):
    header = written(company, "xlsx").headers["Content-Disposition"]
    assert header == (
        'attachment; filename="P-001______20260406.xlsx"; '
        "filename*=UTF-8''P-001_%E5%9F%BA%E5%B9%B9%E5%88%B7%E6%96%B0_20260406.xlsx"
    )


def test_formula_in_a_name_is_guarded(company):
    Task.objects.filter(position=2).update(name="=cmd|'/c calc'!A1")
    assert ",'=cmd|'/c calc'!A1," in written(company, "csv").content.decode("utf-8-sig")


def test_characters_that_shift_jis_lacks_are_told_before(company):
    Task.objects.filter(position=2).update(name="雪だるま☃")
    told = written(company, "csv-cp932")
    assert told.headers["Content-Type"].startswith("text/html")
    assert told.context["characters"] == "☃"
    assert "雪だるま\\u2603".encode("cp932") in written(company, "csv-cp932", anyway="1").content


def test_losses_of_microsoft_project_are_told_before(company):
    Plan.objects.update(rules={**Plan.objects.get().rules, "dialect": "primavera"})
    told = written(company, "mspdi")
    assert [entry["subject"] for entry in told.context["entries"]] == ["計画 / 計画設定"]
    assert written(company, "mspdi", anyway="1").content.startswith(b"<?xml")


@pytest.mark.parametrize("kind", list(READERS))
def test_plan_of_others_is_not_handed_out(company, kind):
    answer = client_of(company.outsider).get(reverse("schedule:export", args=(company.own.pk, kind)))
    assert answer.status_code == 404


def test_unknown_kind_is_missing(company):
    assert written(company, "exe").status_code == 404


def test_plan_page_offers_every_kind(company):
    page = client_of(company.pm).get(reverse("schedule:plan", args=(company.own.pk,))).content.decode()
    for kind in READERS:
        assert reverse("schedule:export", args=(company.own.pk, kind)) in page
