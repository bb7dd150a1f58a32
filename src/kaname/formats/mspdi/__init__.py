"""Microsoft Project XML (MSPDI): read with a full account, write so that Microsoft Project opens it."""

from kaname.formats.mspdi.read import read_mspdi
from kaname.formats.mspdi.unwritten import unwritten
from kaname.formats.mspdi.write import write_mspdi

__all__ = ["read_mspdi", "unwritten", "write_mspdi"]
