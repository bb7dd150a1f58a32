"""The settings of a running Kaname whose sample company is small."""

from kaname.site.settings import *
from kaname.site.settings import INSTALLED_APPS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.flows.small_sample.SmallSample"]
