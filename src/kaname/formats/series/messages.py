"""What is wrong with a series, and what to do about it."""

from typing import Final

from kaname.engine.text import gettext_noop

NO_COLUMN: Final = gettext_noop("No column of defects found was recognised. The headings read: %(headings)s.")
NO_COLUMN_ADVICE: Final = gettext_noop(
    "Name the columns yourself: --time, and --found, --cumulative, --times or --between."
)
UNKNOWN_COLUMN: Final = gettext_noop("There is no column “%(name)s”. The headings read: %(headings)s.")
UNKNOWN_COLUMN_ADVICE: Final = gettext_noop(
    "Give a heading as it stands in the file, or the number of the column from 1."
)
NO_ROWS: Final = gettext_noop("There is no row with a number of defects below the headings.")
NO_ROWS_ADVICE: Final = gettext_noop("Give one row per day or week with the number of defects found.")
NO_COUNT: Final = gettext_noop("“%(text)s” is no whole number of defects, 0 or more.")
NO_NUMBER: Final = gettext_noop("“%(text)s” is no time.")
NO_DATE: Final = gettext_noop("“%(text)s” is no date with a year.")
MISSING: Final = gettext_noop("The number of defects is missing.")
MISSING_ADVICE: Final = gettext_noop("Write 0 where none was found, and correct the cell.")
CORRECT_ADVICE: Final = gettext_noop("Correct the cell.")
FALLING: Final = gettext_noop("The cumulative number falls from %(before)s to %(after)s.")
FALLING_ADVICE: Final = gettext_noop("Correct the number, or name the column with --found if it counts per interval.")
OUT_OF_ORDER: Final = gettext_noop("The time “%(text)s” is not after the one before.")
OUT_OF_ORDER_ADVICE: Final = gettext_noop("Sort the rows by time and give each time once.")
NOT_POSITIVE: Final = gettext_noop("The time “%(text)s” is not above 0.")
TOO_MANY: Final = gettext_noop("The series has more than %(limit)s rows or days.")
TOO_MANY_ADVICE: Final = gettext_noop("Count the defects per week.")
TOO_MANY_FOUND: Final = gettext_noop("The series has more than %(limit)s defects.")
BAD_UNTIL: Final = gettext_noop("The end of the observation “%(text)s” cannot be read or lies before the last row.")
BAD_UNTIL_ADVICE: Final = gettext_noop("Give it as the times of the file are given: a date, or a number.")
