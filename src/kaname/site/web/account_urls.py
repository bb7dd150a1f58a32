"""Signing in and one's own account: every address that the login library may lead to is listed here, no other exists."""

from django.urls import URLPattern, path

from kaname.site.web import account, invitation, notices, tokens

urlpatterns: list[URLPattern] = [
    path("sign-in/", account.SignIn.as_view(), name="account_login"),
    path("sign-out/", account.SignOut.as_view(), name="account_logout"),
    path("password/", account.ask_for_password, name="account_reset_password"),
    path("password/asked/", account.password_asked, name="account_reset_password_done"),
    path("password/link/<str:account>/<str:token>/", account.follow_password_link, name="password_link"),
    path("password/new/", account.set_password, name="account_reset_password_from_key"),
    path("password/done/", account.password_set, name="account_reset_password_from_key_done"),
    path("invitation/<str:token>/", invitation.follow_invitation, name="invitation_link"),
    path("invitation/", invitation.accept, name="invitation"),
    path("account/", account.preferences, name="account"),
    path("account/password/", account.change_own_password, name="account_change_password"),
    path("account/notices/", notices.mails, name="account_notices"),
    path("account/sessions/", account.sessions, name="account_sessions"),
    path("account/sessions/end-others/", account.end_the_others, name="account_sessions_end_others"),
    path("account/sessions/<int:session_id>/end/", account.end_one_session, name="account_session_end"),
    path("account/tokens/", tokens.tokens, name="tokens"),
    path("account/tokens/<int:token_id>/revoke/", tokens.revoke, name="token_revoke"),
]
