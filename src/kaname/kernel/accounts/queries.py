"""Questions about accounts."""

from datetime import datetime
from typing import Final

from allauth.usersessions.models import UserSession
from django.db.models import Q, QuerySet

from kaname.kernel.accounts.models import AccessToken, Instance, Invitation, User
from kaname.kernel.accounts.rules import VIEW_ACCOUNTS, VIEW_JOURNAL, VIEW_SELF, VIEW_TOKENS
from kaname.kernel.accounts.types import CompanyRole, InstanceMode, Origin, SampleState
from kaname.kernel.journal.models import Entry
from kaname.kernel.rules.decisions import permissions, visible
from kaname.kernel.rules.types import Access, Actor, Missing

_ROLE_ORDER: Final = list(CompanyRole.values)


def is_started() -> bool:
    """Return whether the installation was started: it has its mark or an account. 1 query, 2 before the start."""
    return Instance.objects.exists() or User.objects.exists()


def find_instance() -> Instance | None:
    """Return how the installation was started, `None` before. 1 query."""
    return Instance.objects.first()


def has_sample_people() -> bool:
    """Return whether visitors may switch person here: a ready sample installation. 1 query."""
    return Instance.objects.filter(mode=InstanceMode.SAMPLE, sample_state=SampleState.READY).exists()


def list_sample_people() -> list[User]:
    """Return the open sample accounts that have a role above member first, then by name; none elsewhere. 3 queries."""
    if not has_sample_people():
        return []
    people = User.objects.filter(origin=Origin.SAMPLE, is_active=True).prefetch_related("role_grants")
    return sorted(people, key=lambda person: (_first_role(person), person.name, person.pk))


def find_account(*, actor: Actor) -> User:
    """Return the actor's own account. 1 query.

    Raises
    ------
    Missing
        For anybody without one.
    """
    account = visible(actor, VIEW_SELF, User.objects.all()).filter(pk=actor.actor_id).first()
    if account is None:
        raise Missing
    return account


def list_accounts(*, actor: Actor) -> QuerySet[User]:
    """Return all accounts by name with their roles prefetched, for those who may see them. 2 queries when read."""
    return visible(actor, VIEW_ACCOUNTS, User.objects.all()).prefetch_related("role_grants").order_by("name", "id")


def search_accounts(accounts: QuerySet[User], *, words: str, state: str, role: str) -> QuerySet[User]:
    """Return the accounts whose name or address contains the words, in a state, with a role; empty means any."""
    if words:
        accounts = accounts.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if state:
        accounts = accounts.filter(is_active=state == "open")
    if role:
        accounts = accounts.filter(pk__in=User.objects.filter(role_grants__role=role).values("pk"))
    return accounts


def list_invitations(*, actor: Actor) -> QuerySet[Invitation]:
    """Return the invitations that were neither accepted nor withdrawn, newest first. 1 query when read."""
    pending = Invitation.objects.filter(accepted_at=None, withdrawn_at=None).select_related("invited_by")
    return visible(actor, VIEW_ACCOUNTS, pending).order_by("-id")


def find_pending_invitation(*, token_hash: str, now: datetime) -> Invitation:
    """Return the invitation that a link's token opens. 1 query.

    Raises
    ------
    Missing
        If there is none, or it has expired, was accepted or withdrawn.
    """
    found = Invitation.objects.filter(token_hash=token_hash).first() if token_hash else None
    if found is None or not found.is_pending(at=now):
        raise Missing
    return found


def list_tokens(*, actor: Actor) -> QuerySet[AccessToken]:
    """Return the actor's own tokens, newest first. 1 query when read."""
    return visible(actor, VIEW_TOKENS, AccessToken.objects.all()).order_by("-id")


def list_sessions(*, actor: Actor) -> list[UserSession]:
    """Return the actor's own sessions, last seen first. 1 query."""
    if not actor.is_known or actor.actor_id is None:
        return []
    return list(UserSession.objects.filter(user_id=actor.actor_id).order_by("-last_seen_at", "-id"))


def list_entries(*, actor: Actor) -> QuerySet[Entry]:
    """Return the journal that the actor may see, newest first: all of it, or what one did oneself. 1 query when read."""
    return visible(actor, VIEW_JOURNAL, Entry.objects.all()).order_by("-id")


def token_scopes() -> list[str]:
    """Return the scopes that a token can have: everything, or one room, for reading or writing; in order."""
    rooms = sorted({wanted.room for wanted in permissions().values()} - {"kernel"})
    return [access.value for access in Access] + [f"{room}:{access.value}" for room in rooms for access in Access]


def _first_role(person: User) -> int:
    held = [_ROLE_ORDER.index(grant.role) for grant in person.role_grants.all()]
    return min(held, default=len(_ROLE_ORDER))
