"""Accounts: who can sign in, with which company roles, in which language.

Nouns: account (`User`), role, invitation, token, session.  Below: journal, rules, jobs.  Answers: who is this.
A *person* of the company is a ground matter; an account may belong to one.
"""
