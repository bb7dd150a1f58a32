"""Who may do what: permissions named once per room, holders, visible scopes, doors.

Nouns: permission, holder, condition, decision, door.  Below: the journal's actor.  Answers: may this one do this to that
thing, which things may this one see, and why not.
"""
