"""Settings of the tests: nothing outside of a temporary folder, quick hashes, jobs run when a test asks.

`KANAME_TEST_DATABASE_URL` runs the same tests on PostgreSQL.
"""

import os
import tempfile

os.environ.setdefault("KANAME_HOME", tempfile.mkdtemp(prefix="kaname-test-"))
os.environ.setdefault("KANAME_SECRET_KEY", "tests-only-" + "x" * 50)
if url := os.environ.get("KANAME_TEST_DATABASE_URL"):
    os.environ["KANAME_DATABASE_URL"] = url

from kaname.site.settings import *
from kaname.site.settings import INSTALLED_APPS

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MAILERS = {"default": {"BACKEND": "django.core.mail.backends.locmem.EmailBackend"}}
WHITENOISE_AUTOREFRESH = True
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
INSTALLED_APPS = [*INSTALLED_APPS]
