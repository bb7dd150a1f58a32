"""What is known of each stored file."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from kaname.kernel.files.types import MediaType


class StoredFile(models.Model):
    """A file of a record; its content lies on the shelf and never changes.

    Subject and project are plain numbers: the kernel knows no room.
    """

    id = models.BigAutoField(primary_key=True)
    shelf_name = models.CharField(max_length=40, unique=True)
    original_name = models.CharField(_("file name"), max_length=200)
    media_type = models.CharField(_("file type"), max_length=100)
    size = models.BigIntegerField(_("size"))
    sha256 = models.CharField(max_length=64)
    subject_type = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    project_id = models.BigIntegerField(null=True)
    stored_by_id = models.BigIntegerField(_("stored by"), null=True)
    stored_at = models.DateTimeField(_("stored"))

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        indexes = [models.Index(fields=["subject_type", "subject_id", "id"], name="files_subject")]
        constraints = [models.CheckConstraint(condition=models.Q(size__gt=0), name="files_not_empty")]

    def __str__(self) -> str:
        return self.original_name

    @property
    def served_as(self) -> str:
        """The type told to browsers."""
        return MediaType(self.media_type).served_as
