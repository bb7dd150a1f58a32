"""Every sentence that reading a table may say, in one place."""

from typing import Final

from kaname.engine.text import gettext_noop

NO_TABLE: Final = gettext_noop("No heading of a WBS was found.")
NO_TABLE_ADVICE: Final = gettext_noop(
    "Give the table a heading row with a task name and at least one of dates, assignee, effort, progress or predecessor,"
    " or choose the columns yourself."
)
NO_TASKS: Final = gettext_noop("There is no task below the heading.")
NO_TASKS_ADVICE: Final = gettext_noop("Write one task per row below the heading and save again.")
TOO_MANY_ROWS: Final = gettext_noop("The table has %(rows)s rows; at most %(limit)s are read.")
TOO_MANY_ROWS_ADVICE: Final = gettext_noop("Split the plan into several files.")
TOO_DEEP: Final = gettext_noop("The hierarchy is %(depth)s levels deep; at most %(limit)s are read.")
TOO_DEEP_ADVICE: Final = gettext_noop("Check the WBS codes or the indents from this row on.")
NO_SUCH_SHEET: Final = gettext_noop("There is no sheet named %(sheet)s.")
NO_SUCH_SHEET_ADVICE: Final = gettext_noop("Choose one of: %(sheets)s")
NO_NAME_COLUMN: Final = gettext_noop("No column was chosen for the task name.")
NO_NAME_COLUMN_ADVICE: Final = gettext_noop("Choose the column that holds the names of the tasks.")

ROW_NAMELESS: Final = gettext_noop("The row has values but no task name.")
ROW_TOTAL: Final = gettext_noop("A row of totals is no task; totals are computed.")
GROUP_FROM_COLUMN: Final = gettext_noop("A summary task was made of the group cell, which has no row of its own.")
KEPT_IN_NOTES: Final = gettext_noop("Kept in the notes of the task under its heading.")
DERIVED_AGAIN: Final = gettext_noop("Not read; it is computed again from the plan.")
COLUMN_IGNORED: Final = gettext_noop("Left out as chosen.")
GANTT_CELLS: Final = gettext_noop("Cells of a drawn Gantt chart; the chart is drawn again from the dates.")
OUTSIDE_TABLE: Final = gettext_noop("Text outside the table is not read.")
OTHER_SHEET: Final = gettext_noop("Only one sheet is read at a time; choose this sheet to read it.")
SHEET_WITHOUT_TABLE: Final = gettext_noop("No heading of a WBS was found on this sheet.")

DATE_UNREADABLE: Final = gettext_noop("“%(value)s” is not readable as a date.")
DATE_OUT_OF_RANGE: Final = gettext_noop("“%(value)s” lies outside the years %(first)s to %(last)s.")
YEAR_GUESSED: Final = gettext_noop("The date has no year; the year nearest to the other dates was taken.")
YEAR_MISSING: Final = gettext_noop("“%(value)s” has no year, and no other date of the file tells it.")
PART_OF_MONTH: Final = gettext_noop("“%(value)s” names a part of a month; its first or last day was taken.")
FINISH_BEFORE_START: Final = gettext_noop(
    "The finish “%(value)s” lies before the start; write them the right way round."
)
NON_WORKING_DATES: Final = gettext_noop(
    "The dates do not fall into working time, so the task keeps them by hand (manual scheduling)."
)
STAYS_BY_CONSTRAINT: Final = gettext_noop("The written start stays: start no earlier than %(date)s.")
LINK_MOVES_START: Final = gettext_noop(
    "The written start %(date)s lies before its predecessors allow; recalculation moves it."
)
DURATION_DISAGREES: Final = gettext_noop("The duration disagrees with the dates; the dates were kept.")
DURATION_ASSUMED: Final = gettext_noop("Neither a duration nor two dates are given; one day is assumed.")
DATES_OF_SUMMARY: Final = gettext_noop("Dates of a summary task follow from its subtasks.")
PLAN_IS_BASELINE: Final = gettext_noop(
    "The planned dates also become the baseline, as actual dates are kept beside them."
)

AMOUNT_UNREADABLE: Final = gettext_noop("“%(value)s” is not readable as an amount of time.")
AMOUNT_NEGATIVE: Final = gettext_noop("“%(value)s” is negative.")
AMOUNT_TOO_LARGE: Final = gettext_noop("“%(value)s” is too large.")
EFFORT_OF_SUMMARY: Final = gettext_noop("Effort of a summary task is the sum of its subtasks.")
PEOPLE_OF_SUMMARY: Final = gettext_noop("Summary tasks have no assignee; the name was kept in the notes.")
PROGRESS_OF_SUMMARY: Final = gettext_noop("Progress of a summary task follows from its subtasks.")

PROGRESS_UNREADABLE: Final = gettext_noop("“%(value)s” is not readable as progress.")
PROGRESS_CLIPPED: Final = gettext_noop("“%(value)s” was set to the nearest of 0 %% and 100 %%.")
STATUS_UNKNOWN: Final = gettext_noop("The status “%(value)s” is not known; it was kept in the notes.")
RUNNING_WITHOUT_PERCENT: Final = gettext_noop("Started, but no percentage is given; 0 %% was taken.")
DROPPED_TASK: Final = gettext_noop("The task is cancelled and became inactive.")
DONE_AS_PLANNED: Final = gettext_noop("Finished without actual dates; the planned dates were taken.")
STARTED_AS_PLANNED: Final = gettext_noop("Started without an actual start; the planned start was taken.")

LINK_NOWHERE: Final = gettext_noop("“%(value)s” is no WBS code, number or name of this table.")
LINK_TO_SELF: Final = gettext_noop("The task names itself as its predecessor.")
LINK_TO_OWN_SUMMARY: Final = gettext_noop(
    "“%(value)s” is a summary task of this task; a task cannot wait for what contains it."
)
LINK_LOOP: Final = gettext_noop("The link closes a loop: %(loop)s. Remove one of the links of the loop.")
LINK_TWICE: Final = gettext_noop("The same link is given more than once.")
LINK_AMBIGUOUS: Final = gettext_noop("Several tasks are called “%(value)s”; the nearest above was taken.")

CONSTRAINT_UNKNOWN: Final = gettext_noop("“%(value)s” is no constraint that we know.")
CONSTRAINT_WITHOUT_DATE: Final = gettext_noop("The constraint “%(value)s” needs a date.")
LEVEL_CUT: Final = gettext_noop("The outline jumps over a level; the task was put one level below the row above.")
