"""Accounts and what hangs on them."""

from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kaname.kernel.accounts.types import CompanyRole, Theme
from kaname.kernel.records import Record


class UserManager(BaseUserManager["User"]):
    """Finds accounts by address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the account of an address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, Record):
    """An account: signs in by e-mail, acts in the journal, never deleted, only closed."""

    id = models.BigAutoField(primary_key=True)
    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(_("name"), max_length=100)
    language = models.CharField(
        _("language"), max_length=2, choices=[("ja", _("Japanese")), ("en", _("English"))], default="ja"
    )
    time_zone = models.CharField(_("time zone"), max_length=64, default="Asia/Tokyo")
    theme = models.CharField(_("theme"), max_length=6, choices=Theme, default=Theme.SYSTEM)
    is_active = models.BooleanField(_("open"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)

    objects = UserManager()

    EMAIL_FIELD: ClassVar[str] = "email"
    USERNAME_FIELD: ClassVar[str] = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [models.UniqueConstraint(Lower("email"), name="accounts_email_once")]

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
        """The roles held in the company; none when closed. 1 query, once per instance."""
        return frozenset(self.role_grants.values_list("role", flat=True)) if self.is_active else frozenset()

    @property
    def is_known(self) -> bool:
        """Whether the account is open."""
        return self.is_active

    is_system = False
    token_scopes: frozenset[str] | None = None


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
