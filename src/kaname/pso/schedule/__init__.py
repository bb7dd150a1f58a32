"""One project's plan: tasks, links, assignments, progress, baselines, and the dates that the engine works out from them.

Nouns: plan, task, link, plan calendar, resource, assignment, progress report, baseline, run, move, import.
Below: projects.  Answers: what is to be done by whom until when, what is done, and why did this date move.
"""
