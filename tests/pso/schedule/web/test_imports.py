"""Plan files in, by the pages: upload, look, choose, confirm, undo."""

import re
import secrets

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from kaname.ground.projects.models import Project
from kaname.kernel.accounts.models import User
from kaname.kernel.jobs.worker import drain
from kaname.kernel.notices.models import Notice
from kaname.kernel.notices.queries import line_of
from kaname.pso.schedule.models import Plan, PlanImport, PlanReading, ProgressReport, Task
from kaname.pso.schedule.operations import TaskReport, begin_plan, report_progress
from tests.rooms.company import NOW, Company, found_company

CSV = """WBS,タスク名,開始予定日,終了予定日,先行,担当者
1,要件定義,2026/04/06,2026/04/08,,山田 太郎
2,設計,2026/04/09,2026/04/10,1,佐藤 花子
"""
OTHER = """WBS,タスク名,開始予定日,終了予定日
1,移行,2026/04/06,2026/04/08
"""


@pytest.fixture
def company(db) -> Company:
    with time_machine.travel(NOW, tick=False):
        yield found_company()


def client_of(user) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def send(client, url, **values):
    return client.post(url, {**values, "idempotency_key": secrets.token_urlsafe(24)})


def upload(client, *files, **values):
    sent = [
        SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content) for name, content in files
    ]
    answer = send(client, reverse("imports:imports"), files=sent, **values)
    assert answer.status_code == 302, answer.content.decode()
    return re.search(r"batch/([0-9a-f-]{36})/", answer.url)[1]


def taken_in(client, company, name="計画.csv", content=CSV):
    batch = upload(client, (name, content))
    drain()
    row = PlanImport.objects.latest("id")
    send(client, reverse("imports:batch", args=(batch,)), **{f"project-{row.pk}": company.own.pk})
    answer = send(client, reverse("imports:confirm", args=(batch,)))
    assert answer.url == reverse("imports:result", args=(batch,))
    drain()
    row.refresh_from_db()
    return row


def test_file_goes_the_whole_way_and_back(company):
    client = client_of(company.pm)
    begin_plan(actor=company.pm, now=NOW, project=company.own)
    batch = upload(client, ("基幹刷新.csv", CSV), ("壊れ.mpp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100))
    waiting = client.get(reverse("imports:batch", args=(batch,))).content.decode()
    assert waiting.count('hx-trigger="every 1s"') == 2
    drain()
    good, bad = PlanImport.objects.order_by("id")
    assert (good.state, bad.state) == ("ready", "refused")
    page = client.get(reverse("imports:batch", args=(batch,))).content.decode()
    assert f'name="project-{good.pk}" value="{company.own.pk}"' in page
    assert "XML" in page
    chosen = send(client, reverse("imports:batch", args=(batch,)), **{f"project-{good.pk}": company.own.pk})
    assert chosen.url == reverse("imports:confirm", args=(batch,))
    assert Task.objects.count() == 0
    assert client.get(chosen.url).status_code == 200
    assert send(client, chosen.url).url == reverse("imports:result", args=(batch,))
    drain()
    good.refresh_from_db()
    assert (good.state, PlanReading.objects.count()) == ("applied", 0)
    assert [task.name for task in Task.objects.order_by("position")] == ["要件定義", "設計"]
    result = client.get(reverse("imports:result", args=(batch,))).content.decode()
    assert reverse("imports:undo", args=(good.pk,)) in result
    send(client, reverse("imports:undo", args=(good.pk,)))
    good.refresh_from_db()
    assert (good.state, Task.objects.count(), Plan.objects.count()) == ("undone", 0, 1)


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("name", ["preview", "dates", "loss", "columns"])
def test_pages_of_a_file_open_in_both_languages(company, language, name):
    company.pm.language = language
    company.pm.save()
    client = client_of(company.pm)
    upload(client, ("計画.csv", CSV))
    drain()
    answer = client.get(reverse(f"imports:{name}", args=(PlanImport.objects.get().pk,)))
    assert answer.status_code == 200


def test_files_of_others_do_not_exist(company):
    batch = upload(client_of(company.pm), ("計画.csv", CSV))
    drain()
    row = PlanImport.objects.get()
    other = client_of(company.outsider)
    for name in ("batch", "confirm", "result"):
        assert other.get(reverse(f"imports:{name}", args=(batch,))).status_code == 404
    for name in ("preview", "dates", "loss", "columns"):
        assert other.get(reverse(f"imports:{name}", args=(row.pk,))).status_code == 404
    for name in ("undo", "discard", "again"):
        assert send(other, reverse(f"imports:{name}", args=(row.pk,))).status_code == 404
    row.refresh_from_db()
    assert row.state == "ready"


def test_project_of_others_is_not_chosen(company):
    client = client_of(company.pm)
    batch = upload(client, ("計画.csv", CSV))
    drain()
    row = PlanImport.objects.get()
    answer = send(client, reverse("imports:batch", args=(batch,)), **{f"project-{row.pk}": company.other.pk})
    row.refresh_from_db()
    assert (answer.status_code, row.project_id) == (422, None)
    assert "秘密計画" not in client.get(reverse("imports:projects"), {"q": "P-00"}).content.decode()


def test_new_project_is_registered_with_what_the_file_says_and_offered_for_it(company):
    client = client_of(company.office)
    batch = upload(client, ("新物流.csv", CSV), ("移行.csv", OTHER))
    drain()
    first, other = PlanImport.objects.order_by("id")
    page = client.get(reverse("imports:batch", args=(batch,))).content.decode()
    found = re.search(r'href="(/projects/register/[^"]*%E6%96%B0%E7%89%A9[^"]*)"', page)
    address = found[1].replace("&amp;", "&")
    form = client.get(address).context["form"]
    assert (form.initial["name"], str(form.initial["starts_on"]), str(form.initial["ends_on"])) == (
        "新物流", "2026-04-06", "2026-04-10",
    )  # fmt: skip
    answer = send(
        client, address, code="P-099", name="新しい物流", name_en="", customer="", purpose="", state="proposed",
        project_class=company.own.project_class_id, department=company.department.pk, starts_on="2026-04-06",
        ends_on="2026-04-10",
    )  # fmt: skip
    new = Project.objects.get(code="P-099")
    assert answer.url == f"/imports/batch/{batch}/?file={first.pk}&project={new.pk}"
    page = client.get(answer.url).content.decode()
    assert f'name="project-{first.pk}" value="{new.pk}"' in page
    assert f'name="project-{other.pk}" value="{new.pk}"' not in page


def test_registering_leads_to_no_other_site(company):
    client = client_of(company.office)
    answer = send(
        client, "/projects/register/?next=//evil.example/", code="P-098", name="x", name_en="", customer="", purpose="",
        state="proposed", project_class=company.own.project_class_id, department=company.department.pk,
        starts_on="2026-04-06", ends_on="",
    )  # fmt: skip
    assert answer.url == f"/projects/{Project.objects.get(code='P-098').pk}/people/"


def test_pages_do_not_exist_for_members(company):
    client = client_of(company.member)
    assert client.get(reverse("imports:imports")).status_code == 404
    assert send(client, reverse("imports:imports"), files=[SimpleUploadedFile("a.csv", b"a")]).status_code == 404
    assert PlanImport.objects.count() == 0


def test_two_files_for_one_project_are_not_taken_in(company):
    client = client_of(company.pm)
    batch = upload(client, ("一.csv", CSV), ("二.csv", OTHER))
    drain()
    rows = PlanImport.objects.order_by("id")
    send(client, reverse("imports:batch", args=(batch,)), **{f"project-{row.pk}": company.own.pk for row in rows})
    answer = send(client, reverse("imports:confirm", args=(batch,)))
    assert answer.status_code == 422
    assert [row.state for row in PlanImport.objects.all()] == ["ready", "ready"]


def test_import_into_a_plan_tells_what_goes(company):
    client = client_of(company.pm)
    taken_in(client, company)
    batch = upload(client, ("別.csv", OTHER))
    drain()
    row = PlanImport.objects.latest("id")
    send(client, reverse("imports:batch", args=(batch,)), **{f"project-{row.pk}": company.own.pk})
    page = client.get(reverse("imports:confirm", args=(batch,)))
    (line,) = page.context["lines"]
    assert (line["effect"].replaces, line["effect"].removed + line["effect"].kept) == (True, 2)


def test_import_is_not_undone_after_a_change(company):
    client = client_of(company.pm)
    row = taken_in(client, company)
    Plan.objects.update(run_number=row.run_number + 1)
    assert reverse("imports:undo", args=(row.pk,)) not in client.get(reverse("imports:imports")).content.decode()
    send(client, reverse("imports:undo", args=(row.pk,)))
    row.refresh_from_db()
    assert (row.state, Task.objects.count()) == ("applied", 2)


def test_columns_are_corrected_and_the_file_read_by_them(company):
    client = client_of(company.pm)
    upload(client, ("表.csv", "あ,い,う\n要件,2026/04/06,2026/04/08\n設計,2026/04/09,2026/04/10\n"))
    drain()
    row = PlanImport.objects.get()
    assert (row.state, len(row.survey)) == ("refused", 1)
    url = reverse("imports:columns", args=(row.pk,))
    assert client.get(url).status_code == 200
    roles = {"role-0": "ignored", "role-1": "start", "role-2": "finish"}
    asked = {"sheet": "", "version": row.version, "first_row": 2}
    assert send(client, url, **asked, **roles).status_code == 422
    answer = send(client, url, **asked, **roles | {"role-0": "name"})
    assert answer.url == reverse("imports:batch", args=(row.batch,))
    drain()
    row.refresh_from_db()
    assert (row.state, row.summary["tasks"], row.summary["doubts"]) == ("ready", 2, 0)
    assert [task["name"] for task in row.summary["first_tasks"]] == ["要件", "設計"]


def test_empty_file_is_named_and_nothing_is_kept(company):
    client = client_of(company.pm)
    answer = send(client, reverse("imports:imports"), files=[SimpleUploadedFile("空.csv", b"")])
    assert (answer.status_code, PlanImport.objects.count()) == (422, 0)


@pytest.mark.parametrize("number", [1, 3])
def test_list_asks_a_constant_number_of_queries(company, django_assert_num_queries, number):
    client = client_of(company.pm)
    upload(client, *((f"{place}.csv", CSV) for place in range(number)))
    drain()
    client.get(reverse("imports:imports"))
    with django_assert_num_queries(7):
        client.get(reverse("imports:imports"))


BEFORE = """WBS,タスク名,期間
1,要件定義,3日
2,設計,2日
"""
AFTER = """WBS,タスク名,期間
1,方針,1日
2,要件定義,3日
3,設計,2日
"""


def test_reports_stay_with_their_tasks_when_a_row_was_inserted(company):
    client = client_of(company.pm)
    begin_plan(actor=company.pm, now=NOW, project=company.own)
    taken_in(client, company, content=BEFORE)
    tasks = {task.name: task for task in Task.objects.all()}
    for name, permille in (("要件定義", 500), ("設計", 100)):
        task = Task.objects.get(pk=tasks[name].pk)
        report = TaskReport(task_id=task.pk, expected_version=task.version, percent_permille=permille)
        report_progress(actor=company.pm, now=NOW, report=report)
    taken_in(client, company, content=AFTER)
    found = {report.task.name: report.percent_permille for report in ProgressReport.objects.select_related("task")}
    assert found == {"要件定義": 500, "設計": 100}
    assert {task.name: task.pk for task in Task.objects.exclude(name="方針")} == {
        name: task.pk for name, task in tasks.items()
    }


def test_author_is_told_of_files_read_and_refused(company):
    User.objects.filter(pk=company.pm.pk).update(language="ja")
    client = client_of(company.pm)
    batch = upload(
        client, ("計画.csv", CSV), ("別.csv", OTHER), ("壊れ.mpp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 100)
    )
    drain()
    refused = PlanImport.objects.get(state="refused")
    read, cannot = Notice.objects.filter(kind__startswith="schedule.import_").order_by("kind")
    assert {read.account_id, cannot.account_id} == {company.pm.pk}
    assert (read.kind, read.count, read.fold_key) == ("schedule.import_read", 2, batch)
    assert (cannot.kind, cannot.object_id) == ("schedule.import_refused", refused.pk)
    with override("ja"):
        lines = {line.url: line.words for line in map(line_of, (read, cannot))}
    assert lines[reverse("imports:batch", args=(batch,))].startswith("ファイル「")
    assert lines[reverse("imports:preview", args=(refused.pk,))].startswith("ファイル「壊れ.mpp」は取り込めません：")
