from datetime import date

from kaname.ground.projects.models import ReportedStatus
from kaname.ground.projects.types import Health
from tests.ground.conftest import Browse
from tests.ground.projects.sending import send
from tests.rooms.company import Company


def test_pm_reports_from_the_face_and_sees_it_there(company: Company, browse: Browse) -> None:
    client = browse(company.pm)
    face = client.get(f"/projects/{company.own.pk}/").content.decode()
    assert f'action="/projects/{company.own.pk}/status/"' in face
    sent = send(client, f"/projects/{company.own.pk}/status/", health="attention", reason=" 遅れ気味 ", on="2026-04-06")
    assert sent.headers["Location"] == f"/projects/{company.own.pk}/"
    status = ReportedStatus.objects.get()
    assert (status.health, status.reason, status.on, status.author) == (
        Health.ATTENTION, "遅れ気味", date(2026, 4, 6), company.pm,
    )  # fmt: skip
    assert client.get(f"/projects/{company.own.pk}/").context["status"] == status


def test_report_without_reason_or_for_tomorrow_is_refused(company: Company, browse: Browse) -> None:
    client = browse(company.pm)
    blank = send(client, f"/projects/{company.own.pk}/status/", health="well", reason="   ", on="2026-04-06")
    assert (blank.status_code, list(blank.context["form"].errors)) == (422, ["reason"])
    early = send(client, f"/projects/{company.own.pk}/status/", health="well", reason="順調", on="2026-04-07")
    assert (early.status_code, list(early.context["form"].errors)) == (422, ["on"])
    unknown = send(client, f"/projects/{company.own.pk}/status/", health="unknown", reason="順調", on="2026-04-06")
    assert (unknown.status_code, list(unknown.context["form"].errors)) == (422, ["health"])
    assert not ReportedStatus.objects.exists()


def test_member_reads_reports_and_cannot_report(company: Company, browse: Browse) -> None:
    client = browse(company.member)
    page = client.get(f"/projects/{company.own.pk}/status/")
    assert (page.status_code, page.context["may_report"]) == (200, False)
    refused = send(client, f"/projects/{company.own.pk}/status/", health="well", reason="x", on="2026-04-06")
    assert refused.status_code == 404
    assert not ReportedStatus.objects.exists()


def test_pm_of_another_project_finds_nothing_to_report_on(company: Company, browse: Browse) -> None:
    refused = send(
        browse(company.outsider), f"/projects/{company.own.pk}/status/", health="danger", reason="x", on="2026-04-06"
    )
    assert refused.status_code == 404
    assert not ReportedStatus.objects.exists()
