"""The test settings with the contract's own app and the database that the environment names, for worker processes."""

from kaname.site.settings.environment import database
from kaname.site.settings.test import *  # noqa: F403 - settings are names of a module
from kaname.site.settings.test import INSTALLED_APPS

DATABASES = {"default": database()}
INSTALLED_APPS = [*INSTALLED_APPS, "tests.kernel.jobs.sample"]
