"""The timed and queued entries to mailing notices."""

from django.core.mail import mailers
from django.tasks import task
from django.utils.translation import gettext_lazy as _

from kaname.kernel import clock
from kaname.kernel.accounts.models import User
from kaname.kernel.jobs.policies import policy
from kaname.kernel.jobs.running import report_progress
from kaname.kernel.jobs.timers import Every, timed
from kaname.kernel.notices.channels.mail.digest import accounts_due, send_digest
from kaname.kernel.notices.types import MailRhythm


def _is_anybody_due() -> bool:
    return next(accounts_due(now=clock.now()), None) is not None


@timed(Every(seconds=600), when=_is_anybody_due)
@task()
@policy(label=_("Mail the notices of the day"))
def send_daily() -> int:
    """Mail every account that is due and return how many mails went."""
    sent = 0
    with mailers.default as connection:
        for account in accounts_due(now=clock.now()):
            sent += send_digest(account, connection=connection, now=clock.now(), rhythm=MailRhythm.DAILY)
            report_progress(done=sent)
    return sent


@task()
@policy(label=_("Mail notices at once"))
def send_at_once(account_id: int) -> bool:
    """Mail an account what it has not read, if it wants that at once; return whether a mail went."""
    account = User.objects.filter(pk=account_id, is_active=True).prefetch_related("role_grants").first()
    if account is None:
        return False
    with mailers.default as connection:
        return send_digest(account, connection=connection, now=clock.now(), rhythm=MailRhythm.AT_ONCE)
