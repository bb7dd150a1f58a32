"""Nobody is told of saved views."""

from kaname.kernel.notices.declarations import silent
from kaname.pmo.portfolio.events import ViewRemoved, ViewSaved

silent(ViewSaved, ViewRemoved, reason="One's own views, seen by nobody else.")
