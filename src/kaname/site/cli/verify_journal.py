"""`kaname verify-journal`: prove that no journal entry was changed or removed."""

import argparse
import sys

from kaname.engine.text import Message, gettext_noop
from kaname.site.cli.sentences import render
from kaname.site.cli.words import language
from kaname.site.processes.boot import boot


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    parser.add_argument("--head", default="", help="A hash kept outside; the chain must still contain it.")


def run(options: argparse.Namespace) -> int:
    """Walk the whole chain; return 0 when every link holds, 1 with the first entry that does not."""
    boot()
    from kaname.kernel.journal.chain import verify
    from kaname.kernel.journal.models import Entry

    verdict = verify(Entry.objects.order_by("id").iterator(chunk_size=2000))
    places = {"count": verdict.entries, "head": verdict.head or "-", "id": verdict.broken_id or 0}
    if verdict.broken_id is not None:
        told = {
            "link": gettext_noop(
                "Entry %(id)s does not follow the entry before it: one was removed or put in between."
            ),
            "content": gettext_noop("Entry %(id)s was changed after it was written."),
        }[verdict.reason]
        sys.stderr.write(_say(Message(told, places)) + "\n")
        sys.stderr.write(_say(Message(gettext_noop("Sound before it: %(count)s, hash %(head)s."), places)) + "\n")
        return 1
    if options.head and not Entry.objects.filter(hash=options.head).exists():
        told = gettext_noop("The journal no longer contains the entry of the hash that was kept: its end was cut off.")
        sys.stderr.write(_say(Message(told, places)) + "\n")
        return 1
    sys.stdout.write(_say(Message(gettext_noop("Sound entries: %(count)s, last hash %(head)s."), places)) + "\n")
    return 0


def _say(message: Message) -> str:
    return render(message, language=language())
