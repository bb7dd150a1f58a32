from kaname.engine.units import wall_moment
from kaname.pso.schedule.models import ProgressReport, Task
from tests.pso.schedule.conftest import SignIn
from tests.rooms.company import Company


def address(company: Company, path: str) -> str:
    return f"/projects/{company.own.pk}/schedule/{path}"


def test_member_reports_remaining_work_and_is_told_what_moved(
    company: Company, three: list[Task], sign_in: SignIn
) -> None:
    client = sign_in(company.member)
    path = address(company, f"tasks/{three[0].pk}/report/")
    assert client.get(path).status_code == 200
    values = {"percent": "50", "remaining": "4d", "version": three[0].version, "idempotency_key": "report-test-key-01"}
    response = client.post(path, values, follow=True)
    said = [str(message) for message in response.context["messages"]]
    assert said == ["Reported. 3 tasks moved, project finish Wed 8 Apr → Wed 15 Apr"]
    report = ProgressReport.objects.get()
    assert (report.percent_permille, report.remaining_minutes, report.author_id) == (500, 1920, company.member.pk)


def test_one_click_finishes_a_task(company: Company, three: list[Task], sign_in: SignIn) -> None:
    client = sign_in(company.member)
    path = address(company, f"tasks/{three[0].pk}/report/")
    values = {"step": "100", "percent": "0", "remaining": "2d", "version": three[0].version,
              "idempotency_key": "report-test-key-02"}  # fmt: skip
    assert client.post(path, values).status_code == 302
    three[0].refresh_from_db()
    assert (three[0].percent_permille, wall_moment(three[0].actual_finish_at).isoformat()) == (
        1000,
        "2026-04-03T18:00:00",
    )


def test_impossible_report_is_refused_and_nothing_typed_is_lost(
    company: Company, three: list[Task], sign_in: SignIn
) -> None:
    client = sign_in(company.member)
    path = address(company, f"tasks/{three[0].pk}/report/")
    values = {"percent": "30", "remaining": "ages", "comment": "待ち", "version": three[0].version,
              "idempotency_key": "report-test-key-03"}  # fmt: skip
    response = client.post(path, values)
    assert response.status_code == 422
    assert "待ち" in response.content.decode()
    assert "“ages” is no duration." in response.content.decode()
    assert ProgressReport.objects.count() == 0


def test_stale_report_shows_what_stands_and_can_be_sent_again(
    company: Company, three: list[Task], sign_in: SignIn
) -> None:
    client = sign_in(company.member)
    path = address(company, f"tasks/{three[0].pk}/report/")
    values = {"percent": "30", "version": 1, "idempotency_key": "report-test-key-04"}
    Task.objects.filter(pk=three[0].pk).update(percent_permille=200, version=9)
    response = client.post(path, values)
    assert response.status_code == 422
    assert "it stands at 20%" in response.content.decode()
    assert response.context["form"]["version"].value() == 9
    assert ProgressReport.objects.count() == 0


def test_report_on_a_task_of_others_is_refused(company: Company, three: list[Task], sign_in: SignIn) -> None:
    path = address(company, f"tasks/{three[1].pk}/report/")
    values = {"percent": "30", "version": 1, "idempotency_key": "report-test-key-05"}
    assert sign_in(company.member).post(path, values).status_code == 403
    assert sign_in(company.outsider).post(path, values).status_code == 404
    assert ProgressReport.objects.count() == 0


def test_sheet_reports_only_touched_lines(company: Company, three: list[Task], sign_in: SignIn) -> None:
    client = sign_in(company.member)
    path = address(company, "report/")
    response = client.get(path)
    assert [line.task.name for line in response.context["lines"]] == ["要件定義"]
    task = three[0]
    untouched = {f"t{task.pk}-percent": "0", f"t{task.pk}-version": task.version}
    response = client.post(path, {**untouched, "idempotency_key": "report-test-key-06"})
    assert (response.status_code, ProgressReport.objects.count()) == (422, 0)
    touched = {**untouched, f"t{task.pk}-percent": "60", f"t{task.pk}-comment": "順調"}
    assert client.post(path, {**touched, "idempotency_key": "report-test-key-07"}).status_code == 302
    assert ProgressReport.objects.get().comment == "順調"
