"""How people sign in and what the API insists on."""

import os

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"

ACCOUNT_ADAPTER = "kaname.kernel.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_RATE_LIMITS = False
"""The library counts in the cache; ours counts in the database and cannot be raced (`kernel.accounts.attempts`)."""
ACCOUNT_FORMS = {"login": "kaname.site.web.account_forms.SignInForm"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if os.environ.get("KANAME_TRUSTED_PROXY") == "1" else 0
PASSWORD_RESET_TIMEOUT = 60 * 60

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["kaname.kernel.accounts.tokens.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["kaname.kernel.rules.rest.doors.DoorPermission"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "kaname.kernel.rules.rest.schema.DoorSchema",
    "DEFAULT_FILTER_BACKENDS": ["kaname.kernel.rules.rest.filters.StrictFilters"],
    "DEFAULT_PAGINATION_CLASS": "kaname.kernel.rules.rest.filters.Pages",
    "EXCEPTION_HANDLER": "kaname.kernel.rules.rest.errors.answer_to_exception",
    "UNAUTHENTICATED_USER": "kaname.kernel.accounts.visitor.Visitor",
    "PAGE_SIZE": 50,
    "COERCE_DECIMAL_TO_STRING": True,
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Kaname",
    "DESCRIPTION": "PMO and PSO in one system.",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "POSTPROCESSING_HOOKS": ["kaname.kernel.rules.rest.schema.close_objects"],
}
