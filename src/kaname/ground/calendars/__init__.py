"""When work is done: working calendars, public holidays, the fiscal year.

Nouns: work calendar, calendar exception, holiday override, company year.  Below: the kernel.
Answers: is this minute worked, which business day is the tenth from here, which fiscal year is this.
"""
