"""As whom a visitor may look round: the accounts of the sample company, and why to choose each."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from kaname.kernel.accounts.models import User
from kaname.kernel.accounts.types import CompanyRole
from kaname.kernel.rules.types import Label
from kaname.site.sample.staff import BY_NUMBER


@dataclass(frozen=True, slots=True)
class Persona:
    """An account of the sample company: whose it is, what it is in the company, what its bearer is and why to go as this person."""

    number: str
    roles: tuple[CompanyRole, ...]
    position: Label
    reason: Label
    language: str = "ja"

    @property
    def email(self) -> str:
        """The address by which the account is known."""
        return BY_NUMBER[self.number].email

    @property
    def name_latin(self) -> str:
        """The name in Latin letters."""
        return BY_NUMBER[self.number].name_latin


PERSONAS: Final = (
    Persona(
        "K0001",
        (CompanyRole.PMO_MANAGER,),
        _("Head of the PMO"),
        _("Sees all projects, and three that are reported green but computed red. The best place to begin."),
    ),
    Persona(
        "K0002",
        (CompanyRole.PMO_MEMBER,),
        _("PMO member"),
        _("Supports projects: checks plans, imports them, talks to the PMs."),
    ),
    Persona(
        "K0003",
        (CompanyRole.PMO_ADMINISTRATOR,),
        _("PMO administrator"),
        _("Keeps calendars, people, cost rates and the list of projects."),
    ),
    Persona(
        "K0006",
        (CompanyRole.DEPARTMENT_MANAGER,),
        _("Manager of Development Department 1"),
        _("Sees the projects and people of one department only."),
    ),
    Persona(
        "K0019",
        (CompanyRole.DEPARTMENT_MANAGER,),
        _("Manager of Development Department 2"),
        _("Sees another department, with the project that is late and says so."),
    ),
    Persona(
        "K0007",
        (CompanyRole.MEMBER,),
        _("PM of the sales management rebuild"),
        _("Reports green while the plan says red: see why, and where the days went."),
    ),
    Persona(
        "K0008",
        (CompanyRole.MEMBER,),
        _("PM of the member app"),
        _("A project that goes well: a tidy plan, fresh reports, a forecast within the buffer."),
    ),
    Persona(
        "K0020",
        (CompanyRole.MEMBER,),
        _("PM of the loan workflow"),
        _("A project in danger that is reported as such: forecast, causes, the critical path."),
    ),
    Persona(
        "K0021",
        (CompanyRole.MEMBER,),
        _("PM of public sector projects"),
        _("Leads running and closed projects at the same time."),
    ),
    Persona(
        "K0043",
        (CompanyRole.MEMBER,),
        _("PM of package projects"),
        _("Introduces packages; one of the projects has had no progress reports for weeks."),
    ),
    Persona(
        "K0031",
        (CompanyRole.DEPARTMENT_MANAGER,),
        _("Manager of the Infrastructure Department, PM"),
        _("Leads infrastructure projects and answers for the department's people."),
    ),
    Persona(
        "K0009",
        (CompanyRole.MEMBER,),
        _("PL of the sales management rebuild"),
        _("Keeps the plan: tasks, dependencies, assignments."),
    ),
    Persona(
        "K0010",
        (CompanyRole.MEMBER,),
        _("Member, developer"),
        _("Has tasks of several projects and reports progress in three clicks."),
    ),
    Persona(
        "K0011",
        (CompanyRole.MEMBER,),
        _("Member, developer"),
        _("Another developer, with tasks that are late."),
    ),
    Persona(
        "K0005",
        (CompanyRole.MEMBER,),
        _("PSO of two projects"),
        _("Supports one project from the inside: plan, reports, data quality."),
    ),
    Persona(
        "K0038",
        (CompanyRole.MEMBER,),
        _("Auditor"),
        _("Reads selected projects and changes nothing."),
    ),
    Persona(
        "A0001",
        (CompanyRole.EXTERNAL,),
        _("Developer of a partner company"),
        _("From outside: sees only the one project that this person works in."),
    ),
    Persona(
        "K0004",
        (CompanyRole.ADMINISTRATOR,),
        _("System administrator"),
        _("Accounts, roles, jobs and the journal."),
    ),
)

BY_EMAIL: Final = {persona.email: persona for persona in PERSONAS}


@dataclass(frozen=True, slots=True)
class Introduction:
    """An account with the persona that explains it."""

    account: User
    persona: Persona


def introductions(accounts: Iterable[User]) -> list[Introduction]:
    """Return those accounts that are of the story, in its order."""
    by_email = {account.email: account for account in accounts}
    return [Introduction(by_email[persona.email], persona) for persona in PERSONAS if persona.email in by_email]
