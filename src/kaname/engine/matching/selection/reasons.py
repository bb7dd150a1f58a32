"""Sentences of a selection."""

from collections.abc import Collection

from kaname.engine.matching.selection.types import Candidate, Choice, Shortlist
from kaname.engine.text import Message, gettext_noop


def must(one: Candidate) -> Message:
    """Say that there was nothing to decide."""
    return Message(gettext_noop("“%(name)s” has to be done."), {"name": one.name})


def chosen(shortlist: Shortlist, one: Candidate, otherwise: Choice | None, *, loss: int | None) -> Message:
    """Say what would happen without a project that is chosen."""
    if otherwise is None or loss is None:
        template = gettext_noop("“%(name)s” cannot be left out: no other choice keeps to dependencies and limits.")
        return Message(template, {"name": one.name})
    params: dict[str, str | int] = {"name": one.name, "loss": loss}
    others = _names(shortlist, otherwise.added)
    gone = _names(shortlist, [uid for uid in otherwise.removed if uid != one.uid])
    if others and gone:
        template = gettext_noop(
            "Without “%(name)s” the best value would be %(loss)s lower: %(others)s would come in, %(gone)s go as well."
        )
        return Message(template, params | {"others": others, "gone": gone})
    if others:
        template = gettext_noop("Without “%(name)s” the best value would be %(loss)s lower: %(others)s would come in.")
        return Message(template, params | {"others": others})
    if gone:
        template = gettext_noop("Without “%(name)s” the best value would be %(loss)s lower: %(gone)s would go as well.")
        return Message(template, params | {"gone": gone})
    template = gettext_noop("Without “%(name)s” the best value would be %(loss)s lower, and nothing would come in.")
    return Message(template, params)


def left_out(shortlist: Shortlist, one: Candidate, otherwise: Choice | None, *, loss: int | None) -> Message:
    """Say what a project that is not chosen would displace."""
    if otherwise is None or loss is None:
        template = gettext_noop("“%(name)s” cannot be done: with it, no choice keeps to dependencies and limits.")
        return Message(template, {"name": one.name})
    params: dict[str, str | int] = {"name": one.name, "loss": loss}
    others = _names(shortlist, [uid for uid in otherwise.added if uid != one.uid])
    gone = _names(shortlist, otherwise.removed)
    if gone and others:
        template = gettext_noop(
            "“%(name)s” would displace %(gone)s, bring in %(others)s and lower the best value by %(loss)s."
        )
        return Message(template, params | {"gone": gone, "others": others})
    if gone:
        template = gettext_noop("“%(name)s” would displace %(gone)s and lower the best value by %(loss)s.")
        return Message(template, params | {"gone": gone})
    template = gettext_noop("“%(name)s” would displace nothing, but lower the best value by %(loss)s.")
    return Message(template, params)


def more_people(shortlist: Shortlist, skill: int, choice: Choice, *, gain: int) -> Message:
    """Say what one more person is worth."""
    params: dict[str, str | int] = {"skill": shortlist.limits.skills.get(skill, str(skill)), "gain": gain}
    if not gain:
        return Message(gettext_noop("One more person for %(skill)s would change nothing."), {"skill": params["skill"]})
    added, gone = _names(shortlist, choice.added), _names(shortlist, choice.removed)
    if gone:
        template = gettext_noop(
            "One more person for %(skill)s would be worth %(gain)s: %(added)s would come in, %(gone)s go."
        )
        return Message(template, params | {"added": added, "gone": gone})
    template = gettext_noop("One more person for %(skill)s would be worth %(gain)s: %(added)s would come in.")
    return Message(template, params | {"added": added})


def more_money(shortlist: Shortlist, extra: int, choice: Choice, *, gain: int) -> Message:
    """Say what more money is worth."""
    params: dict[str, str | int] = {"extra": extra, "gain": gain}
    if not gain:
        return Message(gettext_noop("A budget larger by %(extra)s would change nothing."), {"extra": extra})
    added, gone = _names(shortlist, choice.added), _names(shortlist, choice.removed)
    if gone:
        template = gettext_noop(
            "A budget larger by %(extra)s would be worth %(gain)s: %(added)s would come in, %(gone)s go."
        )
        return Message(template, params | {"added": added, "gone": gone})
    template = gettext_noop("A budget larger by %(extra)s would be worth %(gain)s: %(added)s would come in.")
    return Message(template, params | {"added": added})


def _names(shortlist: Shortlist, uids: Collection[int]) -> str:
    return ", ".join(one.name for one in shortlist.candidates if one.uid in uids)
