"""Who passes the door of files; which file, its record decides (`owners`)."""

from typing import Final

from django.utils.translation import gettext_lazy as _

from kaname.kernel.rules.decisions import permission
from kaname.kernel.rules.holders import Everyone

READ: Final = permission("files.read", _("Open the files of what one may see"), holders=(Everyone(),))
