"""Settings of the tests: nothing outside of a temporary folder, quick hashes, jobs run when a test asks.

`KANAME_TEST_DATABASE_URL` runs the same tests on PostgreSQL.
"""

import os
import tempfile
from pathlib import Path

from kaname.site.settings import *
from kaname.site.settings import INSTALLED_APPS, TEMPLATES
from kaname.site.settings.environment import postgres_database, sqlite_database

HOME = Path(tempfile.mkdtemp(prefix="kaname-test-"))
SECRET_KEY = "tests-only-" + "x" * 50
MEDIA_ROOT = HOME / "files"
STATIC_ROOT = HOME / "static"
url = os.environ.get("KANAME_TEST_DATABASE_URL")
DATABASES = {"default": postgres_database(url) if url else sqlite_database(str(HOME / "kaname.sqlite3"))}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
WHITENOISE_AUTOREFRESH = True
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
INSTALLED_APPS = [*INSTALLED_APPS]


class UndefinedVariable(Exception):
    """A template names a variable that its view does not give."""


class Undefined(str):
    """What a template engine puts in place of an undefined variable: nothing, loudly."""

    __slots__ = ()

    def __contains__(self, text: object) -> bool:
        return text == "%s" or super().__contains__(text)  # type: ignore[operator]

    def __mod__(self, name: object) -> str:
        raise UndefinedVariable(f"no variable {name!s}")


TEMPLATES = [
    engine | {"OPTIONS": engine["OPTIONS"] | {"string_if_invalid": Undefined("undefined")}} for engine in TEMPLATES
]
