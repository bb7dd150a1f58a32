"""What happens to the settings of notices."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from kaname.kernel.journal.types import Event
from kaname.kernel.rules.types import Label


@dataclass(frozen=True, slots=True, kw_only=True)
class MailRhythmChosen(Event):
    """Somebody chose how often notices come by mail."""

    name: ClassVar[str] = "notices.mail_rhythm_chosen"
    label: ClassVar[Label] = _("The rhythm of mails was chosen")
    rhythm: str
