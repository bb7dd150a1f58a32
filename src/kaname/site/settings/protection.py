"""Transport, cookies, content policy, passwords."""

import os
from typing import Final
from urllib.parse import urlsplit

from django.utils.csp import CSP

BASE_URL: Final = os.environ.get("KANAME_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
_HOST: Final = urlsplit(BASE_URL).hostname or "127.0.0.1"
_SECURE: Final = BASE_URL.startswith("https://")
_LOCAL: Final = ["127.0.0.1", "localhost", "[::1]"] if _HOST in {"127.0.0.1", "localhost", "::1"} else []

ALLOWED_HOSTS = [_HOST, *_LOCAL, *filter(None, os.environ.get("KANAME_ALLOWED_HOSTS", "").split(","))]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

SECURE_SSL_REDIRECT = _SECURE
SECURE_HSTS_SECONDS = 31_536_000 if _SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _SECURE
SECURE_HSTS_PRELOAD = _SECURE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("KANAME_TRUSTED_PROXY") == "1" else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "__Host-kaname" if _SECURE else "kaname"
SESSION_COOKIE_SECURE = _SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_COOKIE_NAME = "__Host-kaname-csrf" if _SECURE else "kaname-csrf"
CSRF_COOKIE_SECURE = _SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kaname.site.web.views.csrf_refused"

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.NONCE, CSP.STRICT_DYNAMIC],
    "style-src": [CSP.SELF, CSP.NONCE],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "object-src": [CSP.NONE],
}

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
