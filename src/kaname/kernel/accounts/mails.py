"""The mails that accounts send themselves, in the recipient's language; links come from the configured address only."""

from urllib.parse import urljoin

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from kaname.kernel.accounts.models import Invitation, User


def link_to(view_name: str, **arguments: str) -> str:
    """Return the full address of a page, built from `KANAME_BASE_URL` and never from a request."""
    return urljoin(settings.BASE_URL + "/", reverse(view_name, kwargs=arguments).lstrip("/"))


def mail_invitation(invitation: Invitation, *, token: str) -> None:
    """Send the link to open an account."""
    with translation.override(invitation.language):
        values = {
            "inviter": invitation.invited_by.name,
            "link": link_to("invitation_link", token=token),
        }
        subject = _("Invitation to Kaname")
        body = _(
            "%(inviter)s has invited you to Kaname.\n\n"
            "Open this page to choose your password:\n%(link)s\n\n"
            "The link works once and for 7 days. If you do not know the sender, ignore this mail."
        )
        _send(subject, body % values, to=invitation.email)


def mail_password_reset(account: User, *, token: str) -> None:
    """Send the link to set a new password."""
    with translation.override(account.language):
        values = {"name": account.name, "link": link_to("password_link", account=str(account.pk), token=token)}
        subject = _("New password for Kaname")
        body = _(
            "%(name)s\n\n"
            "Somebody asked for a new password for your account. Open this page to set it:\n%(link)s\n\n"
            "The link works once and for one hour. If it was not you, ignore this mail: nothing has changed."
        )
        _send(subject, body % values, to=account.email)


def mail_password_changed(account: User) -> None:
    """Tell that the password was changed."""
    with translation.override(account.language):
        body = _(
            "%(name)s\n\n"
            "The password of your account was changed and your other sessions were ended. "
            "If it was not you, set a new password at once:\n%(link)s"
        )
        values = {"name": account.name, "link": link_to("account_reset_password")}
        _send(_("Your password was changed"), body % values, to=account.email)


def _send(subject: str, body: str, *, to: str) -> None:
    EmailMessage(subject=" ".join(subject.split()), body=body, to=[to]).send()
