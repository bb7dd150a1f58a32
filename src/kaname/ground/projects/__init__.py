"""What is undertaken: portfolios, programmes, projects, their phases, the people in them, the status that was reported.

Nouns: project group, project class, project, phase, membership, reported status.  Below: people.
Answers: what is this project, who is in it with which role and load, what did its PM say of it.
"""
