"""Run a reader in a child process that has little memory, little time and no way out.

`read_file` is the door for everybody else: it takes the bytes of a foreign file and gives back a plan with its account, or
a refusal that says what is wrong; no file, however it is built, costs more than its child process.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kaname.formats.jail.doors import read_file, survey_file

__all__ = ["read_file", "survey_file"]


def __getattr__(name: str) -> Callable[..., object]:
    """Load the doors when they are asked for: the child enters through this package too and must stay light."""
    if name not in __all__:
        raise AttributeError(name)
    from kaname.formats.jail import doors  # noqa: PLC0415

    return getattr(doors, name)  # type: ignore[no-any-return]
