"""How a project really is: health computed from versioned rules, beside what was reported.

Nouns: health rules, assessment, indicator, snapshot.  Below: schedule.
Answers: which colour, from which inputs, by which rule, as of when; and did the reports agree.
"""
