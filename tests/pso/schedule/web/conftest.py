"""A plan of some size in a real browser."""

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, sync_playwright

from kaname.engine.units import wall_minute
from kaname.kernel.accounts.models import User
from kaname.pso.schedule.models import Plan, Task
from kaname.pso.schedule.operations import (
    TaskReport,
    add_task,
    assign_people,
    begin_plan,
    edit_task,
    link_tasks,
    report_progress,
    take_baseline,
)
from tests.browser import be_patient
from tests.rooms.company import NOW, Company, found_company
from tests.ui.conftest import FLAGS, WATCH_POLICY

LATER = datetime(2026, 4, 15, 1, 0, tzinfo=UTC)

OUTLINE = [
    ("要件定義", [("業務フロー整理", 5), ("要件一覧の作成", 8), ("要件レビュー", 2)]),
    ("基本設計", [("画面設計", 10), ("帳票設計", 6), ("データ設計", 8), ("基本設計レビュー", 2)]),
    ("製造・単体テスト", [("受注機能", 15), ("在庫機能", 12), ("請求機能", 12)]),
    ("結合テスト", [("テストケース作成", 6), ("テスト実施", 10), ("不具合対応", 5)]),
]

Surf = Callable[..., Page]


def grow_plan(company: Company) -> Plan:
    """Return a plan of four work packages with a baseline and reports; the second task is behind."""
    act = {"actor": company.pm, "now": NOW}
    plan = begin_plan(**act, project=company.own)
    before: Task | None = None
    for package_name, tasks in OUTLINE:
        package = add_task(**act, plan_id=plan.pk, name=package_name)
        for name, days in tasks:
            task = add_task(**act, plan_id=plan.pk, name=name, parent_id=package.pk, duration_minutes=days * 480)
            if before is not None:
                link_tasks(**act, plan_id=plan.pk, predecessor_id=before.pk, successor_id=task.pk)
            before = task
    end = add_task(**act, plan_id=plan.pk, name="リリース判定", kind="milestone")
    link_tasks(**act, plan_id=plan.pk, predecessor_id=before.pk, successor_id=end.pk)
    for name in ("帳票設計", "在庫機能"):
        loosen(plan, Task.objects.get(name=name))
    for name in ("業務フロー整理", "要件一覧の作成", "画面設計"):
        task = Task.objects.get(name=name)
        assign_people(**act, task_id=task.pk, expected_version=task.version, people={company.member_person: 1000})
    take_baseline(**act, plan_id=plan.pk, name="当初計画")
    report(company, "業務フロー整理", 1000)
    report(company, "要件一覧の作成", 250, remaining_minutes=8 * 480, comment="レビュー待ちで遅れています")
    deadline = Task.objects.get(name="リリース判定")
    edit_task(
        **act,
        task_id=deadline.pk,
        expected_version=deadline.version,
        deadline_at=wall_minute(datetime(2026, 8, 31, 18)),
    )
    plan.refresh_from_db()
    return plan


def loosen(plan: Plan, task: Task) -> None:
    """Let a task run beside the one before it."""
    link = plan.links.get(successor=task)
    link.type = "ss"
    link.save(update_fields=["type"])


def report(company: Company, name: str, permille: int, **values: Any) -> None:
    task = Task.objects.get(name=name)
    report_progress(
        actor=company.pm,
        now=LATER,
        report=TaskReport(task_id=task.pk, expected_version=task.version, percent_permille=permille, **values),
    )


@pytest.fixture
def surf(transactional_db: None, live_server: Any, settings: Any) -> Iterator[Surf]:
    """Open a page below the grown plan: PM and member read Japanese, the office English; nothing may break the content policy or throw."""
    company = found_company()
    plan = grow_plan(company)
    sessions = {}
    for who, language in (("pm", "ja"), ("member", "ja"), ("office", "en")):
        User.objects.filter(pk=getattr(company, who).pk).update(language=language)
        sessions[who] = session(getattr(company, who), settings.SESSION_COOKIE_NAME)
    base = f"{live_server.url}/projects/{plan.project_id}/schedule/"
    path = shutil.which("chromium")
    assert path, "Chromium is missing: apt-get install chromium"
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=path, args=FLAGS)
        thrown: list[str] = []

        def open_at(path: str = "", *, who: str = "pm", theme: str = "light", width: int = 1440) -> Page:
            context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme)
            be_patient(context)
            context.add_init_script(WATCH_POLICY)
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": sessions[who], "url": live_server.url}]
            )
            page = context.new_page()
            page.on("pageerror", lambda error: thrown.append(str(error)))
            page.goto(base + path)
            page.wait_for_load_state("networkidle")
            return page

        yield open_at
        pages = [page for context in browser.contexts for page in context.pages]
        refusals = [refusal for page in pages for refusal in page.evaluate("window.refusals")]
        browser.close()
    assert refusals == []
    assert thrown == []


def session(account: User, cookie: str) -> str:
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client.cookies[cookie].value
