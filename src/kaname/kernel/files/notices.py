"""Nobody is told of files as such: the record that they hang on tells its people."""

from kaname.kernel.files.events import FileDiscarded, FileStored
from kaname.kernel.notices.declarations import silent

silent(FileStored, FileDiscarded, reason="The room whose record the file hangs on tells its people, in its own words.")
