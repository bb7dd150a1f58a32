"""Who and what everybody refers to: calendars, people, projects."""
