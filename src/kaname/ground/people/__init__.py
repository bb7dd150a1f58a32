"""Who works here: departments, people, their hours, absences, rates and skills.

Nouns: department, partner, person, part-time period, leave, cost rate, skill.  Below: calendars.
Answers: who is this, when does this one work, what can this one do, what does an hour cost.
"""
