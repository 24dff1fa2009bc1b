"""The words of worklists and release lists in Chinese and English."""

from enum import StrEnum

from tracing.facts.vocabulary import ReleaseReason, Slot
from tracing.phrases import Both, both
from tracing.reached import How
from tracing.release_list import Verdict
from tracing.terms import PhaseKind
from tracing.worklist import Task


class Column(StrEnum):
    """The columns of the lists."""

    NUMBER = "number"
    PERSON = "person"
    NAME = "name"
    PHONE = "phone"
    CATEGORY = "category"
    EDITION = "edition"
    STATE = "state"
    COUNTED_FROM = "counted_from"
    LAST_DAY = "last_day"
    FREE_FROM = "free_from"
    PLACE = "place"
    REOPENED = "reopened"
    SLOTS = "slots"
    MISSED = "missed"
    ALARMS = "alarms"
    TESTS = "tests"
    MOVE_TO = "move_to"
    BLOCKERS = "blockers"
    TOLD = "told"
    TASKS = "tasks"
    VERDICT = "verdict"
    REASON = "reason"
    PENDING = "pending"
    LAST_REACHED = "last_reached"
    WHY = "why"
    REFUSAL = "refusal"


COLUMNS: dict[Column, Both] = {
    Column.NUMBER: both("序号", "No."),
    Column.PERSON: both("编号", "Person"),
    Column.NAME: both("姓名", "Name"),
    Column.PHONE: both("电话", "Phone"),
    Column.CATEGORY: both("类别", "Category"),
    Column.EDITION: both("版本", "Edition"),
    Column.STATE: both("状态", "State"),
    Column.COUNTED_FROM: both("起算日", "Counted from"),
    Column.LAST_DAY: both("最后观察日", "Last day"),
    Column.FREE_FROM: both("解除时刻", "Free from"),
    Column.PLACE: both("地点", "Place"),
    Column.REOPENED: both("重新落实", "Reopened"),
    Column.SLOTS: both("待监测", "Still to do"),
    Column.MISSED: both("未见时段", "Missed"),
    Column.ALARMS: both("异常", "What is abnormal"),
    Column.TESTS: both("待采样", "Samples due"),
    Column.MOVE_TO: both("转往", "To be moved to"),
    Column.BLOCKERS: both("暂缓原因", "What blocks"),
    Column.TOLD: both("已告知至", "Told until"),
    Column.TASKS: both("事项", "To do"),
    Column.VERDICT: both("结论", "Stands as"),
    Column.REASON: both("解除理由", "Reason for release"),
    Column.PENDING: both("当日待完成", "Still open today"),
    Column.LAST_REACHED: both("最近一次联系", "Last reached"),
    Column.WHY: both("理由", "Why"),
    Column.REFUSAL: both("理由", "Why"),
}

TASKS: dict[Task, Both] = {
    Task.TO_BE_PLACED: both("待落实", "To be placed"),
    Task.ABNORMAL: both("异常", "Abnormal"),
    Task.OVERDUE: both("连续两次未见", "Overdue"),
    Task.CHECKS: both("待健康监测", "Checks"),
    Task.TESTS_DUE: both("待采样", "Tests due"),
    Task.TRANSFERS_DUE: both("待转送", "Transfers due"),
    Task.DUE_FOR_RELEASE: both("可解除", "Due for release"),
    Task.BLOCKED: both("期满暂缓解除", "Period over, blocked"),
    Task.NOTICE_OUTDATED: both("告知书需更新", "Notice outdated"),
}

VERDICTS: dict[Verdict, Both] = {
    Verdict.ELIGIBLE: both("可解除", "Eligible"),
    Verdict.BLOCKED: both("暂缓解除", "Blocked"),
    Verdict.RELEASED: both("当日已解除", "Released on the day"),
}

REASONS: dict[ReleaseReason, Both] = {
    ReleaseReason.COMPLETED: both("观察期满", "period complete"),
    ReleaseReason.SOURCE_RULED_OUT: both("来源已排除", "source ruled out"),
    ReleaseReason.NO_LONGER_REQUIRED: both("不再要求", "no longer required"),
    ReleaseReason.CONVERTED: both("转为病例", "became a case"),
    ReleaseReason.DIED: both("死亡", "died"),
    ReleaseReason.MOVED: both("迁出", "moved away"),
    ReleaseReason.OTHER: both("其他", "other"),
}

SLOTS: dict[Slot, Both] = {Slot.AM: both("上午", "am"), Slot.PM: both("下午", "pm")}

HOW: dict[How, Both] = {
    How.SEEN: both("见到本人", "seen"),
    How.PHONED: both("电话随访", "phoned"),
    How.CALL: both("通话", "call"),
}

PHASES: dict[PhaseKind, Both] = {
    PhaseKind.CENTRALISED_OBSERVATION: both("集中隔离观察", "centralised observation"),
    PhaseKind.HOME_OBSERVATION: both("居家隔离观察", "home observation"),
    PhaseKind.HOME_MONITORING: both("居家健康监测", "home monitoring"),
}

PHRASES: dict[str, Both] = {
    "worklist": both("每日工作清单", "Worklist"),
    "release_list": both("解除医学观察人员名单", "People for release from observation"),
    "unassigned": both("责任区域不明", "In nobody's charge"),
    "unassigned_list": both(
        "责任区域不明（住所、隔离点均无记录）", "In nobody's charge (no home and no site recorded)"
    ),
    "area": both("区域", "Area"),
    "day": both("日期", "Day"),
    "rules": both("依据", "Rules"),
    "judged": both("判断时刻", "Judged at"),
    "end_of_day": both("{day}24时", "24:00 on {day}"),
    "count": both("{count}人", "{count}"),
    "none": both("（无）", "(none)"),
    "yes": both("是", "yes"),
    "at_once": both("即时", "at once"),
    "place_unknown": both("不明", "not known"),
    "test": both("第{number}天检测", "test of day {number}"),
    "test_by_the_end": both("期满检测", "test by the end"),
    "test_since": both("{what}（应于{day}）", "{what} (due {day})"),
    "double": both("，双采双检", ", two samples"),
    "since": both("{what}（自{day}）", "{what} (since {day})"),
    "check": both("{slot}健康监测", "{slot} check"),
    "any_check": both("健康监测", "health check"),
    "written": both("已写入{file}", "written: {file}"),
    "overview": both("概况", "Overview"),
    "page": both("第{page}页，共{pages}页", "Page {page} of {pages}"),
    "note_release": both(
        "解除不得早于“解除时刻”；“当日待完成”事项完成后方可解除。",
        "Nobody may be released before “Free from”, nor while anything is “Still open today”.",
    ),
    "note_unconfirmed": both(
        "※ 该结论所依据的规定中有未经核实者，签发前请核对。",
        "※ Rests on a rule that is unconfirmed; please check it before signing.",
    ),
    "prepared": both("编制人", "Prepared by"),
    "checked": both("审核人", "Checked by"),
    "approved": both("批准人（签章）", "Approved by (signature, seal)"),
    "date": both("日期", "Date"),
}

UNCONFIRMED = "※"
"""The mark of what rests on a rule that is unconfirmed."""
