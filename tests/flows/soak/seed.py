"""Found a company on the database that the environment names: `python -m tests.flows.soak.seed REPORTED IMPORTED`.

Project `own` gets a plan of REPORTED tasks to report on; IMPORTED more projects wait for plans.  Prints one line of JSON.
"""

import json
import sys
from datetime import date
from uuid import uuid4

import django


def main() -> None:
    """Seed and tell what there is."""
    django.setup()

    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from kaname.ground.projects.operations import assign_member, register_project
    from kaname.ground.projects.types import ProjectRole, ProjectState
    from kaname.kernel.rules.system import SYSTEM
    from kaname.pso.schedule.jobs import read_import, take_import_in
    from kaname.pso.schedule.models import Task
    from kaname.pso.schedule.operations import begin_taking_in, upload_plan_file
    from tests.rooms.company import NOW, found_company
    from tests.rooms.plan_file import large_plan, mspdi

    reported, imported = int(sys.argv[1]), int(sys.argv[2])
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    company = found_company()
    company.pm.language = "en"
    company.pm.save()
    targets = []
    for number in range(imported):
        project = register_project(
            actor=SYSTEM, now=NOW, code=f"S-{number:03}", name=f"Soak {number}", project_class=company.project_class,
            department=company.department, starts_on=date(2026, 4, 1), state=ProjectState.ACTIVE,
        )  # fmt: skip
        assign_member(
            actor=SYSTEM, now=NOW, project_id=project.pk, person=company.pm_person, role=ProjectRole.PM,
            load_permille=100, starts_on=date(2026, 4, 1),
        )  # fmt: skip
        targets.append(project.pk)
    act = {"actor": company.pm, "now": timezone.now()}
    content = mspdi(large_plan(reported, name="own"))
    row = upload_plan_file(**act, batch=uuid4(), file_name="own.xml", chunks=[content], project=company.own)
    read_import.func(import_id=row.pk)
    begin_taking_in(**act, import_id=row.pk, project=company.own)
    take_import_in.func(import_id=row.pk)
    client = Client()
    client.force_login(company.pm, backend="allauth.account.auth_backends.AuthenticationBackend")
    tasks = Task.objects.filter(plan__project=company.own, kind="work").order_by("position")
    name = settings.SESSION_COOKIE_NAME
    facts = {
        "own": company.own.pk,
        "targets": targets,
        "tasks": list(tasks.values_list("pk", flat=True)),
        "cookies": {name: client.cookies[name].value},
    }
    sys.stdout.write(json.dumps(facts) + "\n")


if __name__ == "__main__":
    main()
