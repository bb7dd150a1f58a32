"""Administration: accounts, permissions, journal."""

from django.urls import URLPattern, path

from kaname.site.web import accounts, journal, permissions

urlpatterns: list[URLPattern] = [
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/invite/", accounts.invite, name="account_invite"),
    path("accounts/invitations/<int:invitation_id>/resend/", accounts.resend, name="invitation_resend"),
    path("accounts/invitations/<int:invitation_id>/withdraw/", accounts.withdraw, name="invitation_withdraw"),
    path("accounts/<int:account_id>/", accounts.account, name="account_of"),
    path("accounts/<int:account_id>/close/", accounts.close, name="account_close"),
    path("accounts/<int:account_id>/reopen/", accounts.reopen, name="account_reopen"),
    path("accounts/<int:account_id>/end-sessions/", accounts.end_sessions, name="account_end_sessions"),
    path("permissions/", permissions.permissions, name="permissions"),
    path("journal/", journal.journal, name="journal"),
    path("journal/chain/", journal.check_chain, name="journal_chain"),
]
