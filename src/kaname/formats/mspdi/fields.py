"""Which elements of a project file are mapped, and why the others are not."""

from typing import Final

from kaname.engine.text import Message, gettext_noop

_COMPUTED: Final = gettext_noop("Kaname calculates this value itself.")
_DISPLAY: Final = gettext_noop("It concerns only how Microsoft Project shows the plan.")
_ENTRY: Final = gettext_noop(
    "It concerns only how Microsoft Project treats new entries; the dates of the plan do not depend on it."
)
_CUSTOM: Final = gettext_noop(
    "Custom fields are not taken over; what matters of them belongs in the notes of the task."
)
_CODES: Final = gettext_noop("Outline codes and code masks are not taken over.")
_TIMEPHASED: Final = gettext_noop("Work day by day is not kept; the total, the dates, the contour and the splits are.")
_HYPERLINK: Final = gettext_noop("Hyperlinks are not taken over; attach the document in Kaname.")
_OVERTIME: Final = gettext_noop("Overtime is not kept apart from regular work.")
_EARNED_VALUE: Final = gettext_noop("Kaname calculates earned value from its own baseline.")
_SERVER: Final = gettext_noop("It belongs to Project Server.")
_FILE: Final = gettext_noop("It describes the file, not the plan.")
_RATES: Final = gettext_noop("Only the first rate is kept; later rates belong in the rate history of the person.")
_AVAILABILITY: Final = gettext_noop("Changing availability is not kept; the highest units are.")
_LEVELING: Final = gettext_noop("Kaname levels with its own settings.")
_ACCRUAL: Final = gettext_noop("When costs fall due is not kept; Kaname spreads them over the duration.")
_MATERIAL: Final = gettext_noop("Details of materials are not kept.")
_PROPERTY: Final = gettext_noop("Kaname has no such property of a plan.")
_TASK_PROPERTY: Final = gettext_noop("Kaname has no such property of a task.")
_RESOURCE_PROPERTY: Final = gettext_noop("Kaname has no such property of a person or resource.")
_ASSIGNMENT_PROPERTY: Final = gettext_noop("Kaname has no such property of an assignment.")
_INSERTED: Final = gettext_noop("Inserted plans are not followed; import the other plan as well and link the two.")
_FREE_TEXT: Final = gettext_noop("A free text in place of a date or duration; set the date in Kaname.")
_BASELINE_PART: Final = gettext_noop("Of a baseline its dates, duration, work and cost are kept.")
_ASSIGNMENT_BASELINE: Final = gettext_noop("Baselines are kept per task, not per assignment.")
_RESOURCE_BASELINE: Final = gettext_noop("Baselines are kept per task, not per resource.")
_UNKNOWN: Final = gettext_noop("Kaname does not know this element.")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MAPPED: Final = {
    "Project": _words(
        "SaveVersion BuildNumber Name Title Company Author ScheduleFromStart StartDate FinishDate StatusDate "
        "CriticalSlackLimit CurrencyDigits CurrencySymbol CurrencyCode CalendarUID MinutesPerDay MinutesPerWeek DaysPerMonth "
        "HonorConstraints MultipleCriticalPaths SplitsInProgressTasks Calendars Tasks Resources Assignments"
    ),
    "Calendar": _words(
        "UID Name IsBaseCalendar BaseCalendarUID WeekDays WeekDays/WeekDay Exceptions Exceptions/Exception "
        "WorkWeeks WorkWeeks/WorkWeek WorkWeeks/WorkWeek/Name WorkWeeks/WorkWeek/WeekDays"
    ),
    "Task": _words(
        "UID ID Name Active Manual Type IsNull WBS OutlineNumber OutlineLevel Priority Start Finish Duration ManualStart "
        "ManualFinish ManualDuration DurationFormat Work Stop Resume EffortDriven Estimated Milestone Summary Critical "
        "ExternalTask EarlyStart EarlyFinish LateStart LateFinish FreeSlack TotalSlack FixedCost PercentComplete Cost "
        "ActualStart ActualFinish ActualDuration ActualCost ActualWork RemainingDuration RemainingWork ConstraintType "
        "CalendarUID ConstraintDate Deadline LevelingDelay LevelingDelayFormat IgnoreResourceCalendar Notes "
        "PhysicalPercentComplete GUID PredecessorLink PredecessorLink/PredecessorUID PredecessorLink/Type "
        "PredecessorLink/CrossProject PredecessorLink/CrossProjectName PredecessorLink/LinkLag PredecessorLink/LagFormat "
        "Baseline Baseline/Number Baseline/Interim Baseline/Start Baseline/Finish Baseline/Duration Baseline/DurationFormat "
        "Baseline/Work Baseline/Cost"
    ),
    "Resource": _words(
        "UID ID Name Type IsNull Phonetics Code Group EmailAddress MaxUnits StandardRate OvertimeRate CostPerUse "
        "CalendarUID IsGeneric IsCostResource Notes GUID"
    ),
    "Assignment": _words(
        "UID TaskUID ResourceUID Units Work ActualWork RemainingWork Delay LevelingDelay LevelingDelayFormat Start Finish "
        "Cost WorkContour GUID"
    ),
}
_DAY_PARTS: Final = _words(
    "WeekDay DayType DayWorking TimePeriod TimePeriod/FromDate TimePeriod/ToDate WorkingTimes WorkingTimes/WorkingTime "
    "WorkingTimes/WorkingTime/FromTime WorkingTimes/WorkingTime/ToTime"
)
_EXCEPTION_PARTS: Final = _DAY_PARTS | _words(
    "EnteredByOccurrences Occurrences Name Type Period DaysOfWeek MonthItem MonthPosition Month MonthDay"
)

_LOST: Final = {
    "Project": {
        _FILE: "UID GUID CreationDate LastSaved Revision ExtendedCreationDate ProjectExternallyEdited RemoveFileProperties "
        "ActualsInSync CurrentDate",
        _PROPERTY: "Subject Category Manager BaselineCalendar BaselineForEarnedValue",
        _DISPLAY: "Views Filters Groups Tables Maps Reports Drawings DataLinks VBAProjects DurationFormat WorkFormat "
        "CurrencySymbolPosition WeekStartDay FYStartDate FiscalYearStart",
        _ENTRY: "DefaultStartTime DefaultFinishTime DefaultTaskType DefaultFixedCostAccrual DefaultStandardRate "
        "DefaultOvertimeRate EditableActualCosts InsertedProjectsLikeSummary NewTasksEffortDriven NewTasksEstimated "
        "NewTasksAreManual SpreadActualCost SpreadPercentComplete TaskUpdatesResource MoveCompletedEndsBack "
        "MoveCompletedEndsForward MoveRemainingStartsBack MoveRemainingStartsForward AutoAddNewResourcesAndTasks Autolink "
        "NewTaskStartDate UpdateManuallyScheduledTasksWhenEditingLinks KeepTaskOnNearestWorkingTimeWhenMadeAutoScheduled",
        _EARNED_VALUE: "EarnedValueMethod DefaultTaskEVMethod",
        _SERVER: "MicrosoftProjectServerURL AdminProject",
        _CODES: "OutlineCodes WBSMasks",
        _CUSTOM: "ExtendedAttributes",
    },
    "Calendar": {_FILE: "GUID", _PROPERTY: "IsBaselineCalendar"},
    "Task": {
        _COMPUTED: "StartVariance FinishVariance WorkVariance DurationVariance CostVariance StartSlack FinishSlack "
        "PercentWorkComplete RemainingCost OverAllocated RegularWork ResumeValid WBSLevel",
        _EARNED_VALUE: "ACWP CV BCWS BCWP EarnedValueMethod",
        _OVERTIME: "OvertimeCost OvertimeWork ActualOvertimeCost ActualOvertimeWork RemainingOvertimeCost "
        "RemainingOvertimeWork ActualOvertimeWorkProtected",
        _SERVER: "ActualWorkProtected IsPublished StatusManager CommitmentStart CommitmentFinish CommitmentType",
        _DISPLAY: "HideBar Rollup DisplayAsSummary FreeformDurationFormat DisplayOnTimeline",
        _FILE: "CreateDate",
        _TASK_PROPERTY: "Contact Recurring",
        _INSERTED: "IsSubproject IsSubprojectReadOnly SubprojectName ExternalTaskProject",
        _ACCRUAL: "FixedCostAccrual",
        _LEVELING: "LevelAssignments LevelingCanSplit PreLeveledStart PreLeveledFinish",
        _HYPERLINK: "Hyperlink HyperlinkAddress HyperlinkSubAddress",
        _CUSTOM: "ExtendedAttribute",
        _CODES: "OutlineCode",
        _TIMEPHASED: "TimephasedData Baseline/TimephasedData",
        _FREE_TEXT: "StartText FinishText DurationText",
        _BASELINE_PART: "Baseline/EstimatedDuration Baseline/BCWS Baseline/BCWP Baseline/FixedCost "
        "Baseline/FixedCostAccrual",
    },
    "Resource": {
        _COMPUTED: "PeakUnits OverAllocated Start Finish Work RegularWork ActualWork RemainingWork PercentWorkComplete Cost "
        "ActualCost RemainingCost WorkVariance CostVariance",
        _EARNED_VALUE: "ACWP CV SV BCWS BCWP",
        _OVERTIME: "OvertimeWork ActualOvertimeWork RemainingOvertimeWork OvertimeCost ActualOvertimeCost "
        "RemainingOvertimeCost ActualOvertimeWorkProtected",
        _SERVER: "ActualWorkProtected NTAccount ActiveDirectoryGUID WorkGroup IsEnterprise BookingType AssnOwner "
        "AssnOwnerGuid IsInactive IsTeamAssignmentPool CostCenter",
        _DISPLAY: "StandardRateFormat OvertimeRateFormat Initials",
        _FILE: "CreationDate",
        _ACCRUAL: "AccrueAt",
        _LEVELING: "CanLevel",
        _MATERIAL: "MaterialLabel",
        _AVAILABILITY: "AvailableFrom AvailableTo AvailabilityPeriods",
        _RATES: "Rates",
        _RESOURCE_PROPERTY: "IsBudget",
        _HYPERLINK: "Hyperlink HyperlinkAddress HyperlinkSubAddress",
        _CUSTOM: "ExtendedAttribute",
        _CODES: "OutlineCode",
        _TIMEPHASED: "TimephasedData",
        _RESOURCE_BASELINE: "Baseline",
    },
    "Assignment": {
        _COMPUTED: "PercentWorkComplete StartVariance FinishVariance WorkVariance CostVariance PeakUnits RemainingCost "
        "RegularWork Overallocated Milestone Summary ActualStart ActualFinish ActualCost Stop Resume",
        _EARNED_VALUE: "ACWP CV VAC BCWS BCWP SV",
        _OVERTIME: "OvertimeCost OvertimeWork ActualOvertimeCost ActualOvertimeWork RemainingOvertimeCost "
        "RemainingOvertimeWork ActualOvertimeWorkProtected",
        _SERVER: "ActualWorkProtected Confirmed ResponsePending UpdateNeeded BookingType AssnOwner AssnOwnerGuid",
        _FILE: "CreationDate LinkedFields",
        _RATES: "CostRateTable RateScale",
        _MATERIAL: "HasFixedRateUnits FixedMaterial",
        _ASSIGNMENT_PROPERTY: "Notes BudgetCost BudgetWork",
        _HYPERLINK: "Hyperlink HyperlinkAddress HyperlinkSubAddress",
        _CUSTOM: "ExtendedAttribute",
        _CODES: "OutlineCode",
        _TIMEPHASED: "TimephasedData",
        _ASSIGNMENT_BASELINE: "Baseline",
    },
}
_REASONS: Final = {
    owner: {tag: Message(reason) for reason, tags in reasons.items() for tag in tags.split()}
    for owner, reasons in _LOST.items()
}


def loss_reason(path: str) -> Message | None:
    """Return why elements of that path are lost, `None` where they are mapped.

    What is below a lost element is lost for the same reason.

    Examples
    --------
    >>> loss_reason("Task/Name") is None
    True
    >>> str(loss_reason("Task/ExtendedAttribute/Value")).partition(";")[0]
    'Custom fields are not taken over'
    >>> str(loss_reason("Task/Sparkle"))
    'Kaname does not know this element.'
    """
    owner, _, rest = path.partition("/")
    if not rest and (owner in _MAPPED):
        return None
    if owner == "Calendar" and _is_calendar_part(rest):
        return None
    if rest in _MAPPED.get(owner, frozenset()):
        return None
    reasons = _REASONS.get(owner, {})
    while rest:
        if rest in reasons:
            return reasons[rest]
        rest = rest.rpartition("/")[0]
    return Message(_UNKNOWN)


def _is_calendar_part(rest: str) -> bool:
    for prefix, parts in (
        ("WeekDays/WeekDay/", _DAY_PARTS),
        ("Exceptions/Exception/", _EXCEPTION_PARTS),
        ("WorkWeeks/WorkWeek/WeekDays/WeekDay/", _DAY_PARTS),
        ("WorkWeeks/WorkWeek/WeekDay/", _DAY_PARTS),
        ("WorkWeeks/WorkWeek/WeekDays/", _DAY_PARTS),
        ("WorkWeeks/WorkWeek/", _DAY_PARTS),
    ):
        if rest.startswith(prefix) and rest.removeprefix(prefix) in parts:
            return True
    return False
