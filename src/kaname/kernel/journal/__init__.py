"""Event = journal = outbox: one append-only, hash-chained row per fact.

Nouns: entry, event, reaction, delivery.  Below: nothing but Django.  Answers: what happened, who did it, what followed.
"""
