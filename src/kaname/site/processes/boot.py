"""Loading Django in a process of ours."""

import gc
import os

from kaname.site.processes.home import home


def boot() -> None:
    """Load settings and all rooms, on a home folder that is there; quick when done before.

    What is loaded stays for good, so the garbage collector is told to leave it alone.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kaname.site.settings")
    home()
    import django  # noqa: PLC0415 - the command line starts without Django

    django.setup()
    gc.freeze()
