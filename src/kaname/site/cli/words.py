"""The language of the command line, without loading Django.

The language is that of the terminal (`LC_ALL`, `LC_MESSAGES`, `LANG`); `KANAME_LANGUAGE` overrules it.
"""

import gettext
import os
from functools import cache
from pathlib import Path
from typing import Final

from kaname.engine.text import gettext_noop

LANGUAGES: Final = ("ja", "en")
_LOCALE: Final = Path(__file__).resolve().parents[1] / "locale"


def language() -> str:
    """Return `ja` or `en`, whichever fits the terminal."""
    for variable in ("KANAME_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        wish = os.environ.get(variable, "")
        if wish:
            return "ja" if wish.lower().startswith("ja") else "en"
    return "en"


def say(template: str, **places: str | int) -> str:
    """Return a sentence of ours in the terminal's language, its `%(name)s` places filled in."""
    sentence = _catalogue(language()).gettext(template)
    return sentence % places if places else sentence


@cache
def _catalogue(wish: str) -> gettext.NullTranslations:
    return gettext.translation("django", str(_LOCALE), languages=[wish], fallback=True)


__all__ = ["LANGUAGES", "gettext_noop", "language", "say"]
