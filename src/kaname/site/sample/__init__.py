"""The sample company: 株式会社かなめシステムズ, two years of its projects, lived through the rooms' own operations.

Nouns: staff, persona, case (a project as the sample tells it), life (the weeks that are lived through).  Stands beside the
other doors of the site and knows every room.  Answers: what does Kaname look like in a company that has used it for two
years?  Made anew from a seed, relative to the day on which it is built; nothing of it is true.
"""
