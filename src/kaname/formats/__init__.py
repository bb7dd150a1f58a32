"""Pure readers and writers of foreign files.  Each reader returns a plan and a loss report; nothing is dropped in silence."""
