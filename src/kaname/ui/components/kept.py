"""Markup that is the same on page after page: drawn once, then remembered."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Final

from django.template import Context, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.utils.safestring import SafeString
from django.utils.translation import get_language

_MOST: Final = 512
_LONGEST: Final = 65_536
_REMEMBERED: Final[OrderedDict[tuple[Hashable, ...], SafeString]] = OrderedDict()
_LOCK: Final = Lock()


class KeptNode(Node):
    """Draws its content once for each language and each set of its values."""

    def __init__(self, nodelist: NodeList, name: str, values: list[FilterExpression]) -> None:
        self.nodelist = nodelist
        self._name = name
        self._values = values

    def render(self, context: Context) -> SafeString:
        """Return the remembered markup, or draw and remember it."""
        key = (self._name, get_language(), *[value.resolve(context) for value in self._values])
        drawn = _REMEMBERED.get(key)
        if drawn is None:
            drawn = SafeString(self.nodelist.render(context))
            if len(drawn) <= _LONGEST:
                _remember(key, drawn)
        return drawn


def parse(parser: Parser, token: Token) -> KeptNode:
    """Read `{% kept "name" value … %}…{% endkept %}`.

    The content may depend on the language and on the named values alone: no token, no nonce, no numbered id, nothing of the
    reader that is not among the values; these must be hashable.  At most 512 pieces of up to 64 thousand characters are
    remembered, the oldest go first.
    """
    pieces = token.split_contents()
    if len(pieces) < 2 or pieces[1][0] not in "\"'" or pieces[1][0] != pieces[1][-1]:
        raise TemplateSyntaxError('kept needs a name in quotation marks: {% kept "name" values… %}')
    values = [parser.compile_filter(piece) for piece in pieces[2:]]
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, pieces[1][1:-1], values)


def _remember(key: tuple[Hashable, ...], drawn: SafeString) -> None:
    with _LOCK:
        _REMEMBERED[key] = drawn
        while len(_REMEMBERED) > _MOST:
            _REMEMBERED.popitem(last=False)
