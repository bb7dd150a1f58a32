"""From the pure floors' messages to the reader's language."""

from django.utils.translation import gettext

from kaname.engine.text import Message


def translate(message: Message) -> str:
    """Return a pure message as a sentence in the active language."""
    return gettext(message.template) % message.params
