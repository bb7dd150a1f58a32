"""Telling people: an event, its recipients who may see it, words in their language, a channel.

Nouns: notice, channel, digest.  Below: accounts, journal, rules, jobs.  Answers: who is told what, and was it.
"""
