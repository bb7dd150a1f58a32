"""By what a task of a table is known again when the table is imported once more.

The place of a row is no identity: a row inserted above moves all below it.  Nor is a WBS code or a row number: both are
counted anew.  A column of ids is one where its heading says so; else a task is known by its name and the names above it.
"""

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Sequence
from typing import Final

from kaname.formats.wbs.facts import CellReader
from kaname.formats.wbs.outline import OutlineRow
from kaname.formats.wbs.types import Cell

LONGEST_KEY: Final = 200
_ID_HEADINGS: Final = frozenset({"uid", "uniqueid", "guid", "taskid", "タスクid", "作業id", "一意id", "管理番号"})


def task_keys(lines: Sequence[OutlineRow], parents: Sequence[int | None], cells: CellReader) -> list[str]:
    """Return a key for every line, no two alike.

    Tasks with the same names above them and the same name are told apart by their order, and only as long as they stay as
    many: one more of them would shift the others, and a task without its history is better than one with another's.
    O(cells of one column + length of all names).
    """
    ids = _ids(lines, cells)
    paths: list[str] = []
    for line, parent in zip(lines, parents, strict=True):
        above = f"{paths[parent]}/" if parent is not None else ""
        paths.append(_fitting(above + _folded(line.name)))
    counts = Counter(paths)
    seen: Counter[str] = Counter()
    keys = []
    for line, path in zip(lines, paths, strict=True):
        seen[path] += 1
        is_alone = counts[path] == 1
        named = path if is_alone else _fitting(f"{path}#{seen[path]}:{counts[path]}")
        keys.append(named if line.is_group or ids is None else f"id:{ids[line.row]}"[:LONGEST_KEY])
    return keys


def _ids(lines: Sequence[OutlineRow], cells: CellReader) -> dict[int, str] | None:
    """Return the id of every row, or `None` where no column of ids is whole and free of repetitions."""
    rows = [line.row for line in lines if not line.is_group]
    for column in cells.columns:
        if _folded(column.heading) not in _ID_HEADINGS:
            continue
        found = {row: _text(cells.grid.cell(row, column.index)) for row in rows}
        if all(found.values()) and len(set(found.values())) == len(rows):
            return found
    return None


def _text(value: Cell) -> str:
    return "" if value is None else str(value).strip()


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def _fitting(key: str) -> str:
    """Shorten a key that no column takes by the digest of the whole."""
    if len(key) <= LONGEST_KEY:
        return key
    digest = hashlib.sha256(key.encode()).hexdigest()[:32]
    return f"…{digest}{key[-(LONGEST_KEY - 33) :]}"
