"""The words of worklists and release lists in Chinese and English."""

from enum import StrEnum

from tracing.facts.vocabulary import ReleaseReason, Slot
from tracing.phrases import Both, Language
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


def _both(zh: str, en: str) -> Both:
    return {Language.ZH: zh, Language.EN: en}


COLUMNS: dict[Column, Both] = {
    Column.NUMBER: _both("序号", "No."),
    Column.PERSON: _both("编号", "Person"),
    Column.NAME: _both("姓名", "Name"),
    Column.PHONE: _both("电话", "Phone"),
    Column.CATEGORY: _both("类别", "Category"),
    Column.EDITION: _both("版本", "Edition"),
    Column.STATE: _both("状态", "State"),
    Column.COUNTED_FROM: _both("起算日", "Counted from"),
    Column.LAST_DAY: _both("最后观察日", "Last day"),
    Column.FREE_FROM: _both("解除时刻", "Free from"),
    Column.PLACE: _both("地点", "Place"),
    Column.REOPENED: _both("重新落实", "Reopened"),
    Column.SLOTS: _both("待监测", "Still to do"),
    Column.MISSED: _both("未见时段", "Missed"),
    Column.ALARMS: _both("异常", "What is abnormal"),
    Column.TESTS: _both("待采样", "Samples due"),
    Column.MOVE_TO: _both("转往", "To be moved to"),
    Column.BLOCKERS: _both("暂缓原因", "What blocks"),
    Column.TOLD: _both("已告知至", "Told until"),
    Column.TASKS: _both("事项", "To do"),
    Column.VERDICT: _both("结论", "Stands as"),
    Column.REASON: _both("解除理由", "Reason for release"),
    Column.PENDING: _both("当日待完成", "Still open today"),
    Column.LAST_REACHED: _both("最近一次联系", "Last reached"),
    Column.WHY: _both("理由", "Why"),
}

TASKS: dict[Task, Both] = {
    Task.TO_BE_PLACED: _both("待落实", "To be placed"),
    Task.ABNORMAL: _both("异常", "Abnormal"),
    Task.OVERDUE: _both("连续两次未见", "Overdue"),
    Task.CHECKS: _both("待健康监测", "Checks"),
    Task.TESTS_DUE: _both("待采样", "Tests due"),
    Task.TRANSFERS_DUE: _both("待转送", "Transfers due"),
    Task.DUE_FOR_RELEASE: _both("可解除", "Due for release"),
    Task.BLOCKED: _both("期满暂缓解除", "Period over, blocked"),
    Task.NOTICE_OUTDATED: _both("告知书需更新", "Notice outdated"),
}

VERDICTS: dict[Verdict, Both] = {
    Verdict.ELIGIBLE: _both("可解除", "Eligible"),
    Verdict.BLOCKED: _both("暂缓解除", "Blocked"),
    Verdict.RELEASED: _both("当日已解除", "Released on the day"),
}

REASONS: dict[ReleaseReason, Both] = {
    ReleaseReason.COMPLETED: _both("观察期满", "period complete"),
    ReleaseReason.SOURCE_RULED_OUT: _both("来源已排除", "source ruled out"),
    ReleaseReason.NO_LONGER_REQUIRED: _both("不再要求", "no longer required"),
    ReleaseReason.CONVERTED: _both("转为病例", "became a case"),
    ReleaseReason.DIED: _both("死亡", "died"),
    ReleaseReason.MOVED: _both("迁出", "moved away"),
    ReleaseReason.OTHER: _both("其他", "other"),
}

SLOTS: dict[Slot, Both] = {Slot.AM: _both("上午", "am"), Slot.PM: _both("下午", "pm")}

HOW: dict[How, Both] = {
    How.SEEN: _both("见到本人", "seen"),
    How.PHONED: _both("电话随访", "phoned"),
    How.CALL: _both("通话", "call"),
}

PHASES: dict[PhaseKind, Both] = {
    PhaseKind.CENTRALISED_OBSERVATION: _both("集中隔离观察", "centralised observation"),
    PhaseKind.HOME_OBSERVATION: _both("居家隔离观察", "home observation"),
    PhaseKind.HOME_MONITORING: _both("居家健康监测", "home monitoring"),
}

PHRASES: dict[str, Both] = {
    "worklist": _both("每日工作清单", "Worklist"),
    "release_list": _both("解除医学观察人员名单", "People for release from observation"),
    "unassigned": _both("责任区域不明", "In nobody's charge"),
    "unassigned_list": _both(
        "责任区域不明（住所、隔离点均无记录）", "In nobody's charge (no home and no site recorded)"
    ),
    "area": _both("区域", "Area"),
    "day": _both("日期", "Day"),
    "rules": _both("依据", "Rules"),
    "judged": _both("判断时刻", "Judged at"),
    "end_of_day": _both("{day}24时", "24:00 on {day}"),
    "count": _both("{count}人", "{count}"),
    "none": _both("（无）", "(none)"),
    "yes": _both("是", "yes"),
    "at_once": _both("即时", "at once"),
    "place_unknown": _both("不明", "not known"),
    "test": _both("第{number}天检测", "test of day {number}"),
    "test_by_the_end": _both("期满检测", "test by the end"),
    "test_since": _both("{what}（应于{day}）", "{what} (due {day})"),
    "double": _both("，双采双检", ", two samples"),
    "since": _both("{what}（自{day}）", "{what} (since {day})"),
    "check": _both("{slot}健康监测", "{slot} check"),
    "any_check": _both("健康监测", "health check"),
    "written": _both("已写入{file}", "written: {file}"),
    "overview": _both("概况", "Overview"),
    "page": _both("第{page}页，共{pages}页", "Page {page} of {pages}"),
    "note_release": _both(
        "解除不得早于“解除时刻”；“当日待完成”事项完成后方可解除。",
        "Nobody may be released before “Free from”, nor while anything is “Still open today”.",
    ),
    "note_unconfirmed": _both(
        "※ 该结论所依据的规定中有未经核实者，签发前请核对。",
        "※ Rests on a rule that is unconfirmed; please check it before signing.",
    ),
    "prepared": _both("编制人", "Prepared by"),
    "checked": _both("审核人", "Checked by"),
    "approved": _both("批准人（签章）", "Approved by (signature, seal)"),
    "date": _both("日期", "Date"),
}

UNCONFIRMED = "※"
"""The mark of what rests on a rule that is unconfirmed."""
