"""Telling people: an event, its recipients who may see it, words in their language, a channel.

Nouns: notice, telling, channel, digest.  Below: accounts, journal, rules, jobs.  Answers: who is told what, and was it.

Each room says in its `notices.py` for every event either who is told and in which words (`tell`), or why nobody is
(`silent`).  What somebody may no longer see is neither shown nor mailed: every reading asks again.
"""
