"""The settings of a running Kaname of which one address breaks."""

from kaname.site.settings import *

ROOT_URLCONF = "tests.flows.breaking_urls"
