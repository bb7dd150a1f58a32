"""Accounts and what hangs on them."""

from datetime import datetime
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import StringAgg, Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from kaname.kernel.accounts.types import (
    LANGUAGES,
    AccountState,
    CompanyRole,
    InstanceMode,
    Origin,
    SampleState,
    Theme,
)
from kaname.kernel.prepared import asked
from kaname.kernel.records import Record


class UserManager(BaseUserManager["User"]):
    """Finds accounts by number, with their roles, and by address, whatever its case."""

    def get(self, *args: Any, **lookup: Any) -> "User":
        """Return an account; one that is asked for by its number, as every request asks for its actor, brings its roles along."""
        is_by_number = not args and set(lookup) == {"pk"} and isinstance(lookup["pk"], int)
        if not is_by_number or type(self) is not UserManager:
            return super().get(*args, **lookup)
        found: list[User] = asked(_with_roles, number=lookup["pk"])
        if not found:
            raise self.model.DoesNotExist(f"no account has the number {lookup['pk']}")
        return found[0]

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account of an address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, Record):
    """An account: signs in by e-mail, acts in the journal, never deleted, only closed."""

    id = models.BigAutoField(primary_key=True)
    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=100)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="ja")
    time_zone = models.CharField(_("time zone"), max_length=64, default="Asia/Tokyo")
    theme = models.CharField(_("theme"), max_length=6, choices=Theme, default=Theme.SYSTEM)
    origin = models.CharField(_("origin"), max_length=10, choices=Origin, default=Origin.INVITATION)
    is_active = models.BooleanField(pgettext_lazy("account state", "open"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    closed_at = models.DateTimeField(pgettext_lazy("account state", "closed"), null=True, blank=True)

    objects = UserManager()

    EMAIL_FIELD: ClassVar[str] = "email"
    USERNAME_FIELD: ClassVar[str] = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="accounts_email_once"),
            models.CheckConstraint(condition=models.Q(origin__in=Origin.values), name="accounts_origin_known"),
            models.CheckConstraint(
                condition=models.Q(is_active=False) | models.Q(closed_at=None), name="accounts_open_without_closing"
            ),
        ]
        indexes = [models.Index(fields=["name", "id"], name="accounts_by_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def actor_id(self) -> int | None:
        """The account's id, for journal and rules."""
        return self.pk

    @property
    def actor_label(self) -> str:
        """The account's name, for the journal."""
        return self.name

    @cached_property
    def company_roles(self) -> frozenset[str]:
        """The roles held in the company; none when closed.

        1 query, once per instance; 0 when the account was found by its number or `role_grants` is prefetched.
        """
        if not self.is_active:
            return frozenset()
        if "granted" in self.__dict__:
            return frozenset(filter(None, (self.__dict__["granted"] or "").split(",")))
        return frozenset(grant.role for grant in self.role_grants.all())

    @property
    def role_codes(self) -> list[str]:
        """The roles granted, whether or not the account is open, in order. 1 query, 0 when `role_grants` is prefetched."""
        return sorted(grant.role for grant in self.role_grants.all())

    @property
    def is_known(self) -> bool:
        """Whether the account is open."""
        return self.is_active

    @property
    def state(self) -> AccountState:
        """Open or closed."""
        return AccountState.OPEN if self.is_active else AccountState.CLOSED

    is_system = False
    token_scopes: frozenset[str] | None = None


def _with_roles(*, number: int) -> models.QuerySet[User]:
    roles = StringAgg("role_grants__role", delimiter=Value(","))
    return User.objects.filter(pk=number).annotate(granted=roles)


class RoleGrant(models.Model):
    """A company role of an account."""

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_grants")
    role = models.CharField(_("role"), max_length=20, choices=CompanyRole)

    class Meta:
        verbose_name = _("company role")
        verbose_name_plural = _("company roles")
        constraints = [
            models.UniqueConstraint(fields=["account", "role"], name="accounts_role_once"),
            models.CheckConstraint(condition=models.Q(role__in=CompanyRole.values), name="accounts_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id}: {self.role}"

    def natural_key(self) -> tuple[Any, ...]:
        """Return what identifies the grant besides its number."""
        return (self.account_id, self.role)


class Invitation(Record):
    """Somebody asked by mail to open an account; the link's token is kept as a hash only."""

    id = models.BigAutoField(primary_key=True)
    email = models.EmailField(_("e-mail"), max_length=254)
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=100, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, default="ja")
    roles = models.JSONField(_("roles"), default=list)
    invited_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    invited_at = models.DateTimeField(_("invited"))
    token_hash = models.CharField(max_length=64, blank=True, editable=False)
    expires_at = models.DateTimeField(_("expires"))
    accepted_at = models.DateTimeField(_("accepted"), null=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                condition=models.Q(accepted_at=None, withdrawn_at=None),
                name="accounts_invitation_once",
            ),
            models.UniqueConstraint(
                fields=["token_hash"], condition=~models.Q(token_hash=""), name="accounts_invitation_token_once"
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def is_pending(self, *, at: datetime) -> bool:
        """Whether it can still be accepted at an instant."""
        return self.accepted_at is None and self.withdrawn_at is None and at < self.expires_at


class AccessToken(models.Model):
    """A personal key to the API, limited by scopes and time; kept as a hash, shown once."""

    id = models.BigAutoField(primary_key=True)
    account = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(pgettext_lazy("of a token", "name"), max_length=100)
    prefix = models.CharField(_("beginning"), max_length=8, unique=True)
    secret_hash = models.CharField(max_length=64, unique=True, editable=False)
    scopes = models.JSONField(_("scopes"))
    created_at = models.DateTimeField(_("made"))
    expires_at = models.DateTimeField(_("expires"))
    last_used_at = models.DateTimeField(_("last used"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        verbose_name = _("token")
        verbose_name_plural = _("tokens")
        ordering = ["-id"]
        indexes = [models.Index(fields=["account", "-id"], name="accounts_token_account")]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"

    def is_valid(self, *, at: datetime) -> bool:
        """Whether it opens the API at an instant, its account aside."""
        return self.revoked_at is None and at < self.expires_at


class Attempt(models.Model):
    """How often something guessable was tried within a window of time; counted by the database itself."""

    key = models.CharField(primary_key=True, max_length=64)
    tries = models.PositiveIntegerField(default=0)
    window_ends_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("count of attempts")
        verbose_name_plural = _("counts of attempts")

    def __str__(self) -> str:
        return self.key


class Instance(models.Model):
    """The one row that says that and how this installation was started."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    mode = models.CharField(_("mode"), max_length=6, choices=InstanceMode)
    started_at = models.DateTimeField(_("started"))
    sample_state = models.CharField(max_length=8, choices=SampleState, default=SampleState.NONE)
    sample_permille = models.PositiveSmallIntegerField(default=0)
    sample_step = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("installation")
        verbose_name_plural = _("installations")
        constraints = [
            models.CheckConstraint(condition=models.Q(id=1), name="accounts_instance_only_one"),
            models.CheckConstraint(condition=models.Q(mode__in=InstanceMode.values), name="accounts_instance_mode"),
            models.CheckConstraint(
                condition=models.Q(mode=InstanceMode.SAMPLE) | models.Q(sample_state=SampleState.NONE),
                name="accounts_instance_sample_only",
            ),
        ]

    def __str__(self) -> str:
        return self.mode
