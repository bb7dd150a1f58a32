"""Files that one may see."""

from kaname.kernel.files.models import StoredFile
from kaname.kernel.files.owners import UnknownOwner, require_reading
from kaname.kernel.journal.types import Subject
from kaname.kernel.rules.types import Actor, Missing


def fetch_file(*, actor: Actor, file_id: int) -> StoredFile:
    """Return a file whose record the actor may see.

    Raises
    ------
    Missing
        If there is none, its record may not be seen, or no room answers for the record.

    Notes
    -----
    1 query besides the owner's.
    """
    file = StoredFile.objects.filter(pk=file_id).first()
    if file is None:
        raise Missing
    try:
        require_reading(actor, Subject(file.subject_type, file.subject_id))
    except UnknownOwner:
        raise Missing from None
    return file


def find_files(*, actor: Actor, subject: Subject) -> list[StoredFile]:
    """Return the files of a record, oldest first; 1 query besides the owner's.

    Raises
    ------
    Missing
        If the record may not be seen.
    """
    require_reading(actor, subject)
    return list(StoredFile.objects.filter(subject_type=subject.type, subject_id=subject.id).order_by("id"))
