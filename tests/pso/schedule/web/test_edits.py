import itertools
from typing import Any

import pytest
from django.test import Client

from kaname.engine.units import wall_moment
from kaname.kernel.journal.models import Entry
from kaname.pso.schedule.models import Assignment, Link, Plan, Task
from tests.pso.schedule.conftest import AddTask, SignIn
from tests.rooms.company import Company

serial = itertools.count()


def send(client: Client, company: Company, status: int = 200, **values: Any) -> dict[str, Any]:
    key = f"edit-test-key-{next(serial):06}"
    data = {name: value for name, value in values.items() if value is not None}
    path = f"/projects/{company.own.pk}/schedule/edit/"
    response = client.post(path, {**data, "idempotency_key": key}, headers={"Accept-Language": "en"})
    assert response.status_code == status, response.content.decode()
    return response.json() if status < 500 and response["Content-Type"].startswith("application/json") else {}


def rows_of(client: Client, company: Company) -> list[dict[str, Any]]:
    body = client.get(f"/projects/{company.own.pk}/schedule/rows/").json()
    return [dict(zip(body["columns"], row, strict=True)) for row in body["rows"]]


@pytest.fixture
def pm(company: Company, sign_in: SignIn) -> Client:
    return sign_in(company.pm)


def test_duration_moves_what_follows_and_only_that_is_answered(company: Company, three: list[Task], pm: Client) -> None:
    answer = send(pm, company, verb="set", task=three[1].pk, version=three[1].version, field="duration", text="4日")
    assert [row[0] for row in answer["rows"]] == [three[1].pk, three[2].pk]
    three[2].refresh_from_db()
    assert wall_moment(three[2].finish_at).isoformat() == "2026-04-10T18:00:00"
    assert answer["undo"] == {"verb": "set", "task": three[1].pk, "field": "duration", "text": "960min"}
    assert answer["why"].endswith(f"/schedule/changes/{Plan.objects.get().run_number}/")


def test_duration_that_is_none_is_refused_in_a_sentence(company: Company, three: list[Task], pm: Client) -> None:
    entries = Entry.objects.count()
    answer = send(pm, company, 422, verb="set", task=three[1].pk, version=1, field="duration", text="soon")
    assert answer["refusal"] == "“soon” is no duration. Write 3d, 4h, 2w or 30min."
    assert Entry.objects.count() == entries


def test_stale_edit_shows_the_present_row_and_changes_nothing(company: Company, three: list[Task], pm: Client) -> None:
    answer = send(pm, company, 409, verb="set", task=three[0].pk, version=99, field="name", text="変更")
    assert answer["rows"][0][6] == "要件定義"
    assert Task.objects.filter(name="変更").count() == 0


def test_member_may_report_but_not_edit(company: Company, three: list[Task], sign_in: SignIn) -> None:
    member = sign_in(company.member)
    refused = send(
        member, company, 422, verb="set", task=three[0].pk, version=three[0].version, field="name", text="変更"
    )
    assert refused["refusal"] == "Your roles do not include this."
    assert Task.objects.filter(name="変更").count() == 0
    send(member, company, verb="set", task=three[0].pk, version=three[0].version, field="percent", text="50")
    three[0].refresh_from_db()
    assert three[0].percent_permille == 500


def test_outsider_finds_no_plan(company: Company, three: list[Task], sign_in: SignIn) -> None:
    send(sign_in(company.outsider), company, 404, verb="remove", task=three[0].pk)
    assert Task.objects.count() == 3


def test_predecessors_are_set_by_row_number(company: Company, three: list[Task], pm: Client) -> None:
    version = three[2].version
    send(pm, company, verb="set", task=three[2].pk, version=version, field="predecessors", text="1SS+1d、2FF")
    links = {(link.predecessor_id, link.type, link.lag) for link in Link.objects.filter(successor=three[2])}
    assert links == {(three[0].pk, "ss", 480), (three[1].pk, "ff", 0)}
    row = rows_of(pm, company)[2]
    assert row["predecessors"] in {"1SS+1d, 2FF", "1SS+1日, 2FF"}


def test_loop_is_refused_with_names_and_nothing_changes(company: Company, three: list[Task], pm: Client) -> None:
    answer = send(
        pm, company, 422, verb="set", task=three[0].pk, version=three[0].version, field="predecessors", text="3"
    )
    assert "製造" in answer["refusal"]
    assert Link.objects.count() == 2


def test_people_are_found_by_name(company: Company, three: list[Task], pm: Client) -> None:
    send(
        pm, company, verb="set", task=three[1].pk, version=three[1].version, field="people", text="佐藤花子[50%], 山田"
    )
    units = {row.resource.name: row.units_permille for row in Assignment.objects.filter(task=three[1])}
    assert units == {"佐藤 花子": 500, "山田 太郎": 1000}
    three[1].refresh_from_db()
    answer = send(
        pm, company, 422, verb="set", task=three[1].pk, version=three[1].version, field="people", text="外山 一"
    )
    assert answer["refusal"].startswith("Nobody in this project is called “外山 一”.")


def test_start_binds_the_task_and_undo_frees_it(company: Company, three: list[Task], pm: Client) -> None:
    answer = send(pm, company, verb="set", task=three[0].pk, version=three[0].version, field="start", text="4/8")
    three[0].refresh_from_db()
    assert (three[0].constraint, wall_moment(three[0].start_at).isoformat()) == ("snet", "2026-04-08T09:00:00")
    send(pm, company, version=three[0].version, **answer["undo"])
    three[0].refresh_from_db()
    assert (three[0].constraint, wall_moment(three[0].start_at).isoformat()) == ("asap", "2026-04-01T09:00:00")


def test_indent_and_undo(company: Company, three: list[Task], pm: Client) -> None:
    refused = send(pm, company, 422, verb="indent", task=three[2].pk, version=three[2].version)
    assert "基本設計" in refused["refusal"]
    Link.objects.filter(successor=three[2]).delete()
    answer = send(pm, company, verb="indent", task=three[2].pk, version=three[2].version)
    three[2].refresh_from_db()
    assert (three[2].parent_id, three[2].wbs_code) == (three[1].pk, "2.1")
    send(pm, company, version=three[2].version, **answer["undo"])
    three[2].refresh_from_db()
    assert (three[2].parent_id, three[2].wbs_code) == (None, "3")


def test_move_up_and_down(company: Company, three: list[Task], pm: Client) -> None:
    send(pm, company, verb="up", task=three[2].pk, version=three[2].version)
    assert list(Task.objects.order_by("position").values_list("name", flat=True)) == ["要件定義", "製造", "基本設計"]
    three[0].refresh_from_db()
    send(pm, company, verb="down", task=three[0].pk, version=three[0].version)
    assert list(Task.objects.order_by("position").values_list("name", flat=True)) == ["製造", "要件定義", "基本設計"]
    send(pm, company, 422, verb="up", task=Task.objects.get(position=1).pk, version=1)


def test_add_and_remove_and_restore(company: Company, three: list[Task], pm: Client) -> None:
    answer = send(pm, company, verb="add", text="単体テスト", after=three[1].pk)
    assert Task.objects.get(position=3).name == "単体テスト"
    assert answer["undo"] == {"verb": "remove", "task": answer["task"]}
    removed = send(pm, company, verb="remove", task=three[0].pk)
    assert (removed["removed"], Task.objects.count()) == ([three[0].pk], 3)
    send(pm, company, **removed["undo"])
    assert Task.objects.get(position=1).name == "要件定義"


def test_reader_that_is_behind_gets_all_rows(company: Company, three: list[Task], pm: Client) -> None:
    answer = send(pm, company, verb="set", task=three[2].pk, version=three[2].version, field="name", text="開発", run=1)
    assert len(answer["rows"]) == 3


def test_same_key_does_it_once(company: Company, plan: Plan, add: AddTask, pm: Client) -> None:
    path = f"/projects/{company.own.pk}/schedule/edit/"
    values = {"verb": "add", "text": "一度だけ", "idempotency_key": "edit-once-key-000001"}
    first, second = pm.post(path, values), pm.post(path, values)
    assert first.json() == second.json()
    assert Task.objects.count() == 1
