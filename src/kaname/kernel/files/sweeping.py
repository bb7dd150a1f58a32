"""Bringing shelf and rows together again after crashes."""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from kaname.kernel.files import shelf
from kaname.kernel.files.models import StoredFile

GRACE: Final = timedelta(days=1)
"""How long a content may wait for its row; longer than any request or import takes."""
_BATCH: Final = 500

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sweep:
    """What a sweep found: contents removed that no row names, and ids of files whose content is gone."""

    removed: int
    missing_ids: tuple[int, ...]


def sweep(*, now: datetime) -> Sweep:
    """Remove contents older than `GRACE` that no row names, and report rows without a content.

    A row without a content cannot come from a crash but from a lost disk or an incomplete restore: it is logged as an
    error and left alone, so that the content can be put back.
    """
    places = list(shelf.lying_since(now - GRACE))
    removed = 0
    for start in range(0, len(places), _BATCH):
        removed += _remove_unknown(places[start : start + _BATCH])
    missing = tuple(
        pk
        for pk, shelf_name in StoredFile.objects.order_by("id").values_list("id", "shelf_name").iterator()
        if not shelf.path_of(shelf_name).is_file()
    )
    if missing:
        logger.error("%s files have lost their content; first ids: %s", len(missing), missing[:20])
    return Sweep(removed=removed, missing_ids=missing)


def _remove_unknown(places: list[Path]) -> int:
    names = [place.name for place in places]
    known = set(StoredFile.objects.filter(shelf_name__in=names).values_list("shelf_name", flat=True))
    unknown = [place for place in places if place.name not in known]
    for place in unknown:
        place.unlink(missing_ok=True)
    return len(unknown)
