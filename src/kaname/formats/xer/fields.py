"""Which tables and columns of an XER file are mapped, and why the others are not."""

from typing import Final

from kaname.engine.text import Message, gettext_noop

_COMPUTED: Final = gettext_noop("Kaname calculates this value itself.")
_SETTING: Final = gettext_noop("It is a setting of Primavera; the dates of the plan do not depend on it.")
_LEVELING: Final = gettext_noop("Kaname levels with its own settings.")
_HISTORY: Final = gettext_noop("It says who made the row and when, not what is planned.")
_CODES: Final = gettext_noop("Activity codes and other codes are not taken over.")
_CUSTOM: Final = gettext_noop(
    "User-defined fields are not taken over; what matters of them belongs in the notes of the task."
)
_COSTS: Final = gettext_noop("Expenses, accounts and cost rates over time are not taken over.")
_STEPS: Final = gettext_noop("Steps are not taken over.")
_ENTERPRISE: Final = gettext_noop(
    "It belongs to the Primavera database: organisation, currencies, risk and document lists."
)
_CURVES: Final = gettext_noop("Resource curves are not taken over; work is spread evenly.")
_PROPERTY: Final = gettext_noop("Kaname has no such property.")
_PATHS: Final = gettext_noop("Kaname finds the paths itself.")
_EARNED_VALUE: Final = gettext_noop("Kaname calculates earned value from its own baseline.")
_UNKNOWN_TABLE: Final = gettext_noop("Kaname does not know this table.")
_UNKNOWN_COLUMN: Final = gettext_noop("Kaname does not know this column.")
OTHER_PROJECT: Final = gettext_noop("It belongs to another project of the file; import that project on its own.")
OTHER_MARK: Final = " [other projects]"


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_MAPPED: Final = {
    "PROJECT": _words(
        "proj_id proj_short_name proj_name clndr_id plan_start_date plan_end_date scd_end_date last_recalc_date "
        "critical_drtn_hr_cnt critical_path_type export_flag"
    ),
    "CALENDAR": _words("clndr_id clndr_name proj_id base_clndr_id default_flag clndr_data day_hr_cnt"),
    "SCHEDOPTIONS": _words(
        "schedoptions_id proj_id sched_retained_logic sched_progress_override sched_float_type "
        "sched_calendar_on_relationship_lag sched_use_expect_end_flag"
    ),
    "PROJWBS": _words("wbs_id proj_id seq_num proj_node_flag wbs_short_name wbs_name parent_wbs_id"),
    "TASK": _words(
        "task_id proj_id wbs_id clndr_id phys_complete_pct task_type duration_type status_code task_code task_name "
        "total_float_hr_cnt free_float_hr_cnt remain_drtn_hr_cnt target_drtn_hr_cnt act_work_qty remain_work_qty "
        "target_work_qty cstr_date act_start_date act_end_date late_start_date late_end_date expect_end_date "
        "early_start_date early_end_date target_start_date target_end_date cstr_type priority_type suspend_date resume_date "
        "cstr_date2 cstr_type2 driving_path_flag external_early_start_date external_late_end_date"
    ),
    "TASKPRED": _words("task_pred_id task_id pred_task_id proj_id pred_proj_id pred_type lag_hr_cnt"),
    "RSRC": _words("rsrc_id clndr_id email_addr rsrc_name rsrc_short_name rsrc_type rsrc_notes"),
    "RSRCRATE": _words("rsrc_rate_id rsrc_id max_qty_per_hr cost_per_qty"),
    "ROLES": _words("role_id role_name role_short_name"),
    "TASKRSRC": _words(
        "taskrsrc_id task_id proj_id rsrc_id role_id target_qty remain_qty act_reg_qty act_ot_qty target_qty_per_hr "
        "target_lag_drtn_hr_cnt target_cost act_start_date act_end_date target_start_date target_end_date"
    ),
    "TASKMEMO": _words("memo_id task_id task_memo"),
    "CURRTYPE": _words("curr_id curr_short_name base_exch_rate"),
}
_LOST_COLUMNS: Final = {
    "TASK": {
        _EARNED_VALUE: "est_wt",
        _COMPUTED: "restart_date reend_date rem_late_start_date rem_late_end_date review_end_date act_this_per_work_qty "
        "act_this_per_equip_qty",
        _PATHS: "float_path float_path_order",
        _COSTS: "target_equip_qty act_equip_qty remain_equip_qty",
        _SETTING: "rev_fdbk_flag lock_plan_flag auto_compute_act_flag review_type complete_pct_type",
        _HISTORY: "guid tmpl_guid create_date update_date create_user update_user location_id",
        _PROPERTY: "rsrc_id",
    },
    "TASKPRED": {_COMPUTED: "aref arls", _PATHS: "float_path", _PROPERTY: "comments"},
    "SCHEDOPTIONS": {
        _LEVELING: "level_float_thrs_cnt level_outer_assign_flag level_outer_assign_priority level_over_alloc_pct "
        "level_within_float_flag level_keep_sched_date_flag level_all_rsrc_flag LevelPriorityList",
        _PATHS: "enable_multiple_longest_path_calc limit_multiple_longest_path_calc max_multiple_longest_path "
        "use_total_float_multiple_longest_paths key_activity_for_multiple_longest_paths",
        _SETTING: "sched_outer_depend_type sched_open_critical_flag sched_lag_early_start_flag sched_setplantoforecast "
        "sched_use_project_end_date_for_float sched_type",
    },
}
_DEFAULT_REASONS: Final = {
    "PROJECT": _SETTING,
    "CALENDAR": _SETTING,
    "PROJWBS": _EARNED_VALUE,
    "RSRC": _SETTING,
    "RSRCRATE": _COSTS,
    "ROLES": _SETTING,
    "TASKRSRC": _COSTS,
    "TASKMEMO": _SETTING,
    "CURRTYPE": _ENTERPRISE,
}
_LOST_TABLES: Final = {
    _CODES: "ACTVTYPE ACTVCODE TASKACTV PCATTYPE PCATVAL PROJPCAT RCATTYPE RCATVAL RSRCRCAT ASGNMNTCATTYPE ASGNMNTCATVAL "
    "ASGNMNTACAT ROLECATTYPE ROLECATVAL ROLERCAT",
    _CUSTOM: "UDFTYPE UDFVALUE UDFCODE",
    _COSTS: "ACCOUNT COSTTYPE PROJCOST PROJFUND FUNDSRC BUDGCHNG PROJBUDG ROLERATE TRSRCFIN TASKFIN FINDATES",
    _STEPS: "TASKPROC TASKPROCUDF PROCGROUP PROCITEM",
    _CURVES: "RSRCCURV RSRCCURVDATA RSRCHOUR SHIFT SHIFTPER TRSRCSUM TASKSUM",
    _ENTERPRISE: "OBS POBS UMEASURE FINTMPL MEMOTYPE RSRCROLE ROLELIMIT RISK RISKTYPE PROJRISK TASKRISK PROJISSU PROJTHRS "
    "DOCUMENT DOCCATG DOCSTAT TASKDOC RFOLIO NONWORK LOCATION PHASE WBSMEMO WBSBUDG WBSRSRC_QTY ISSUHIST PROJEST TASKNOTE "
    "TASKFDBK TASKUSER TASKWKSP TASKRSRCUDF PREFER",
}
_TABLE_REASONS: Final = {table: reason for reason, tables in _LOST_TABLES.items() for table in tables.split()}
_COLUMN_REASONS: Final = {
    table: {column: reason for reason, columns in reasons.items() for column in columns.split()}
    for table, reasons in _LOST_COLUMNS.items()
}


def loss_reason(subject: str) -> Message | None:
    """Return why rows of a table (`TASK`) or cells of a column (`TASK/task_name`) are lost, `None` where they are mapped.

    Examples
    --------
    >>> loss_reason("TASK/task_name") is None
    True
    >>> str(loss_reason("TASKPROC"))
    'Steps are not taken over.'
    """
    table, _, column = subject.partition("/")
    if table.endswith(OTHER_MARK):
        return Message(OTHER_PROJECT)
    if table not in _MAPPED:
        return Message(_TABLE_REASONS.get(table, _UNKNOWN_TABLE))
    if not column or column in _MAPPED[table]:
        return None
    default = _DEFAULT_REASONS.get(table, _UNKNOWN_COLUMN)
    return Message(_COLUMN_REASONS.get(table, {}).get(column, default))
