"""What Kaname stands on: key, database, mail, jobs, files."""

import os
import secrets
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from kaname.site.place import HOME

DEBUG = False


def _secret_key() -> str:
    if given := os.environ.get("KANAME_SECRET_KEY"):
        return given
    kept = HOME / "secret-key"
    if not kept.exists():
        HOME.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            descriptor = os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return kept.read_text(encoding="ascii")
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
    return kept.read_text(encoding="ascii")


SECRET_KEY = _secret_key()


def sqlite_database(path: str) -> dict[str, Any]:
    """Return the embedded profile: one writer at a time, every acknowledged write on disk, constraints on.

    Copying a live file loses data; `kaname backup` and `VACUUM INTO` do not.  `trusted_schema` stays on: before SQLite 3.45
    its JSON functions count as unsafe, and Django's JSON fields check themselves with one.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "cached_statements": 500,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON;"
                "PRAGMA cache_size=-65536; PRAGMA mmap_size=268435456; PRAGMA temp_store=MEMORY"
            ),
        },
    }


def postgres_database(url: str) -> dict[str, Any]:
    """Return the PostgreSQL profile of an address `postgres://user:password@host:port/name`.

    Raises
    ------
    ValueError
        If the address names no database.
    """
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in {"postgres", "postgresql"} or not name:
        raise ValueError("KANAME_DATABASE_URL must look like postgres://user:password@host:5432/name")
    query = parse_qs(parts.query)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.get("host", [parts.hostname or ""])[0],
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}},
    }


def database() -> dict[str, Any]:
    """Return the database profile that the environment asks for."""
    if url := os.environ.get("KANAME_DATABASE_URL"):
        return postgres_database(url)
    return sqlite_database(str(HOME / "kaname.sqlite3"))


DATABASES = {"default": database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "kernel_cache"}}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}


def mailers() -> dict[str, dict[str, Any]]:
    """Return the mail channel: SMTP by address, or files in the home folder."""
    url = os.environ.get("KANAME_MAIL_URL")
    if not url:
        backend = "django.core.mail.backends.filebased.EmailBackend"
        return {"default": {"BACKEND": backend, "OPTIONS": {"file_path": str(HOME / "outbox")}}}
    parts = urlsplit(url)
    query = parse_qs(parts.query)
    return {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {
                "host": parts.hostname or "localhost",
                "port": parts.port or 25,
                "username": unquote(parts.username or ""),
                "password": unquote(parts.password or ""),
                "use_tls": query.get("tls", ["0"])[0] == "1",
                "use_ssl": parts.scheme == "smtps",
                "timeout": 20,
            },
        }
    }


MAILERS = mailers()
DEFAULT_FROM_EMAIL = parse_qs(urlsplit(os.environ.get("KANAME_MAIL_URL", "")).query).get("from", ["kaname@localhost"])[
    0
]
SERVER_EMAIL = DEFAULT_FROM_EMAIL

MEDIA_ROOT = HOME / "files"
STATIC_URL = "static/"
STATIC_ROOT = HOME / "static"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
