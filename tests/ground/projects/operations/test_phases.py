import pytest

from kaname.ground.projects.operations import PhaseDraft, PhaseInUse, arrange_phases
from kaname.kernel.records import Stale
from kaname.kernel.rules.system import SYSTEM
from kaname.kernel.rules.types import Missing, Refused
from kaname.pso.schedule.models import Task
from kaname.pso.schedule.operations import add_task, begin_plan
from tests.rooms.company import NOW, Company


def names(company: Company) -> list[str]:
    return [phase.name for phase in company.own.phases.order_by("position")]


def test_phase_that_tasks_belong_to_stays(company: Company) -> None:
    plan = begin_plan(actor=SYSTEM, now=NOW, project=company.own)
    task = add_task(actor=SYSTEM, now=NOW, plan_id=plan.pk, name="設計")
    first = company.own.phases.order_by("position").first()
    Task.objects.filter(pk=task.pk).update(phase=first)
    with pytest.raises(PhaseInUse):
        arrange_phases(
            actor=company.pm, now=NOW, project_id=company.own.pk, expected_version=1, phases=[PhaseDraft(name="移行")]
        )
    assert len(names(company)) == 6


def test_phase_of_another_project_is_missing(company: Company) -> None:
    foreign = company.other.phases.order_by("position").first()
    assert foreign is not None
    with pytest.raises(Missing):
        arrange_phases(
            actor=company.pm, now=NOW, project_id=company.own.pk, expected_version=1,
            phases=[PhaseDraft(name="移行", phase_id=foreign.pk)],
        )  # fmt: skip
    assert len(names(company)) == 6


def test_member_and_latecomer_arrange_nothing(company: Company) -> None:
    draft = [PhaseDraft(name="移行")]
    with pytest.raises(Refused):
        arrange_phases(actor=company.member, now=NOW, project_id=company.own.pk, expected_version=1, phases=draft)
    with pytest.raises(Stale):
        arrange_phases(actor=company.pm, now=NOW, project_id=company.own.pk, expected_version=9, phases=draft)
    assert len(names(company)) == 6
