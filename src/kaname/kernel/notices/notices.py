"""Nobody is told of the settings of notices."""

from kaname.kernel.notices.declarations import silent
from kaname.kernel.notices.events import MailRhythmChosen

silent(MailRhythmChosen, reason="Done by the owner alone, who sees it on the own pages.")
