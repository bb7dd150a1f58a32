"""What is done to accounts; each operation checks its rule, changes and publishes in one transaction."""

from kaname.kernel.accounts.operations.closing import close_account, reopen_account
from kaname.kernel.accounts.operations.invitations import (
    accept_invitation,
    invite,
    resend_invitation,
    withdraw_invitation,
)
from kaname.kernel.accounts.operations.passwords import change_password, request_password_reset, reset_password
from kaname.kernel.accounts.operations.preferences import change_preferences, choose_language
from kaname.kernel.accounts.operations.roles import change_roles
from kaname.kernel.accounts.operations.sessions import (
    end_other_sessions,
    end_session,
    end_sessions_of,
    record_lock,
    record_sign_in,
    record_sign_out,
)
from kaname.kernel.accounts.operations.start import (
    AlreadyStarted,
    fail_sample,
    finish_sample,
    open_sample_account,
    report_sample_progress,
    restart_sample,
    start_empty,
    start_sample,
    switch_person,
)
from kaname.kernel.accounts.operations.tokens import create_token, revoke_token

__all__ = [
    "AlreadyStarted",
    "accept_invitation",
    "change_password",
    "change_preferences",
    "change_roles",
    "choose_language",
    "close_account",
    "create_token",
    "end_other_sessions",
    "end_session",
    "end_sessions_of",
    "fail_sample",
    "finish_sample",
    "invite",
    "open_sample_account",
    "record_lock",
    "record_sign_in",
    "record_sign_out",
    "reopen_account",
    "report_sample_progress",
    "request_password_reset",
    "resend_invitation",
    "reset_password",
    "restart_sample",
    "revoke_token",
    "start_empty",
    "start_sample",
    "switch_person",
    "withdraw_invitation",
]
