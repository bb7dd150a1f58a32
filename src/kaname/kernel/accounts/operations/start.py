"""The first start: once, whoever comes first; and the sample company's switch of person."""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from kaname.kernel.accounts.addresses import normal_address, normal_name
from kaname.kernel.accounts.events import (
    AccountOpened,
    PersonSwitched,
    RolesChanged,
    SystemStarted,
    account_subject,
)
from kaname.kernel.accounts.models import Instance, RoleGrant, User
from kaname.kernel.accounts.operations.preferences import choose_language
from kaname.kernel.accounts.operations.roles import known_roles
from kaname.kernel.accounts.types import LANGUAGES, CompanyRole, InstanceMode, Origin, SampleState
from kaname.kernel.journal.operations import publish
from kaname.kernel.journal.types import Subject
from kaname.kernel.rules.system import SYSTEM
from kaname.kernel.rules.types import Actor, Missing, Refused

_INSTANCE_SUBJECT = Subject("accounts.instance", 1)

FIRST_ROLES = (CompanyRole.ADMINISTRATOR.value, CompanyRole.PMO_MANAGER.value)
"""What the first account may do: keep the installation, and begin the office's work, for nobody else is there yet."""


class AlreadyStarted(Refused):
    """Somebody else was first."""

    def __init__(self) -> None:
        super().__init__(_("Kaname has been started already. Sign in."))


def start_empty(*, actor: Actor, name: str, email: str, password: str, language: str, now: datetime) -> User:
    """Start an empty installation and open its first administrator; exactly one caller ever succeeds.

    Open to everybody while nothing was started.  The account gets `FIRST_ROLES`.  Publishes `SystemStarted`, `AccountOpened`
    and `RolesChanged`.

    Raises
    ------
    AlreadyStarted
        If the installation was started before or an account exists.
    ValidationError
        If a value is not acceptable.
    """
    kept_email, kept_name = normal_address(email), normal_name(name)
    if language not in dict(LANGUAGES):
        raise ValidationError({"language": _("This language is not offered.")}, code="invalid")
    try:
        validate_password(password, User(email=kept_email, name=kept_name))
    except ValidationError as error:
        raise ValidationError({"password": error.error_list}) from error
    hashed = make_password(password)
    with transaction.atomic():
        _claim_start(mode=InstanceMode.REAL, state=SampleState.NONE, now=now)
        account = User.objects.create(
            email=kept_email, name=kept_name, language=language, password=hashed, origin=Origin.START, joined_at=now
        )
        RoleGrant.objects.bulk_create(RoleGrant(account=account, role=role) for role in FIRST_ROLES)
        started = publish(SystemStarted(subject=_INSTANCE_SUBJECT, mode=InstanceMode.REAL), actor=account, now=now)
        subject = account_subject(account.pk)
        publish(AccountOpened(subject=subject, origin=Origin.START), actor=account, now=now, cause=started)
        granted = RolesChanged(subject=subject, granted=tuple(sorted(FIRST_ROLES)), withdrawn=())
        publish(granted, actor=account, now=now, cause=started)
    return account


def start_sample(*, actor: Actor, now: datetime) -> Instance:
    """Start the installation as a sample company, for good; the caller queues the building in the same transaction.

    Open to everybody while nothing was started.  Publishes `SystemStarted`.

    Raises
    ------
    AlreadyStarted
        If the installation was started before or an account exists.
    """
    with transaction.atomic():
        instance = _claim_start(mode=InstanceMode.SAMPLE, state=SampleState.BUILDING, now=now)
        publish(SystemStarted(subject=_INSTANCE_SUBJECT, mode=InstanceMode.SAMPLE), actor=SYSTEM, now=now)
    return instance


def open_sample_account(
    *, actor: Actor, email: str, name: str, language: str, time_zone: str, roles: Iterable[str], now: datetime
) -> User:
    """Open an account of the sample company, without a password; the system's own, only while the sample is being built.

    Publishes `AccountOpened` and, with roles, `RolesChanged`.

    Raises
    ------
    Missing
        For anybody but the system, and wherever no sample company is being built.
    """
    _require_system(actor)
    with transaction.atomic():
        if not Instance.objects.filter(sample_state=SampleState.BUILDING).exists():
            raise Missing
        account = User.objects.create(
            email=normal_address(email),
            name=normal_name(name),
            language=language,
            time_zone=time_zone,
            password=make_password(None),
            origin=Origin.SAMPLE,
            joined_at=now,
        )
        granted = sorted(known_roles(roles))
        RoleGrant.objects.bulk_create([RoleGrant(account=account, role=role) for role in granted])
        subject = account_subject(account.pk)
        opened = publish(AccountOpened(subject=subject, origin=Origin.SAMPLE), actor=actor, now=now)
        if granted:
            event = RolesChanged(subject=subject, granted=tuple(granted), withdrawn=())
            publish(event, actor=actor, now=now, cause=opened)
    return account


def restart_sample(*, actor: Actor) -> None:
    """Mark a failed sample company as being built again; the caller queues the building in the same transaction.

    Open to everybody on a sample installation.  No event: nothing but the progress display changes.

    Raises
    ------
    Missing
        If the building has not failed.
    """
    failed = Instance.objects.filter(mode=InstanceMode.SAMPLE, sample_state=SampleState.FAILED)
    if not failed.update(sample_state=SampleState.BUILDING, sample_permille=0, sample_step=""):
        raise Missing


def report_sample_progress(*, actor: Actor, permille: int, step: str) -> None:
    """Show how far the sample company is; the system's own. 1 query."""
    _require_system(actor)
    building = Instance.objects.filter(sample_state=SampleState.BUILDING)
    with transaction.atomic():
        building.update(sample_permille=min(max(permille, 0), 1000), sample_step=step[:200])


def finish_sample(*, actor: Actor) -> None:
    """Open the sample company for visitors; the system's own. 1 query."""
    _require_system(actor)
    building = Instance.objects.filter(sample_state=SampleState.BUILDING)
    with transaction.atomic():
        building.update(sample_state=SampleState.READY, sample_permille=1000, sample_step="")


def fail_sample(*, actor: Actor) -> None:
    """Say that the sample company could not be built; the system's own. 1 query."""
    _require_system(actor)
    with transaction.atomic():
        Instance.objects.filter(sample_state=SampleState.BUILDING).update(sample_state=SampleState.FAILED)


def switch_person(*, actor: Actor, account_id: int, language: str, now: datetime) -> User:
    """Return the sample person as whom the visitor goes on, speaking the visitor's language.

    Open to everybody where the installation was started as a sample.  Publishes `PersonSwitched` and, if the person spoke
    another language, `PreferencesChanged`, in the chosen person's name.

    Raises
    ------
    Missing
        On a real installation, while the sample is not ready, or if the account is no open sample account.
    """
    with transaction.atomic():
        ready = Instance.objects.filter(mode=InstanceMode.SAMPLE, sample_state=SampleState.READY)
        person = User.objects.filter(pk=account_id, origin=Origin.SAMPLE, is_active=True).first()
        if person is None or not ready.exists():
            raise Missing
        publish(PersonSwitched(subject=account_subject(person.pk)), actor=person, now=now)
        return choose_language(actor=person, language=language, now=now)


def _claim_start(*, mode: InstanceMode, state: SampleState, now: datetime) -> Instance:
    if Instance.objects.exists() or User.objects.exists():
        raise AlreadyStarted
    try:
        with transaction.atomic():
            return Instance.objects.create(id=1, mode=mode, sample_state=state, started_at=now)
    except IntegrityError as error:
        raise AlreadyStarted from error


def _require_system(actor: Actor) -> None:
    if not actor.is_system:
        raise Missing
