"""All projects on one page: computed against reported, forecast against baseline, where to look first.

Nouns: line, saved view.  Below: reports.  Answers: which projects are really in trouble, and why.
"""
