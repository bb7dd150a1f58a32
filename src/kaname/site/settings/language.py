"""Languages, zones, number forms."""

import os

from django.utils.translation import gettext_lazy as _

from kaname.site.place import PACKAGE

USE_I18N = True
USE_TZ = True
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", _("Japanese")), ("en", _("English"))]
LANGUAGE_COOKIE_NAME = "kaname_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
TIME_ZONE = os.environ.get("KANAME_TIME_ZONE", "Asia/Tokyo")
USE_THOUSAND_SEPARATOR = True
LOCALE_PATHS = [str(PACKAGE / floor / "locale") for floor in ("site", "kernel", "formats", "engine")]
