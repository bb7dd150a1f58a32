"""Work outside of the request: queued and timed jobs that survive the death of their worker.

Nouns: job, lease, worker, timer.  Below: Django's task API and its database engine.  Answers: what is being done, how
far it is, what was given up.
"""
