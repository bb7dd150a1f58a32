"""Finding by words, Japanese and English alike: one bigram index on both databases.

Nouns: indexed text, source.  Below: rules, jobs.  Answers: which things that I may see speak of this.
"""
