"""Where a `next` may lead."""

import re
from typing import Final
from urllib.parse import unquote

_OWN: Final = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")


def is_own_path(url: str) -> bool:
    r"""Return whether an address is a plain path of this site: no host, no scheme, no trick that browsers read as one.

    Examples
    --------
    >>> is_own_path("/projects/3/?tab=plan")
    True
    >>> [is_own_path(u) for u in ("//evil", "/\\evil", "/./\\evil", "/%09/evil", "https://evil", "")]
    [False, False, False, False, False, False]
    """
    return all(_OWN.fullmatch(form) is not None for form in (url, unquote(url), unquote(unquote(url))))
