"""The words of the daily report and of changes in Chinese and English."""

from enum import StrEnum

from tracing.facts.vocabulary import TallyKind
from tracing.figures import Figure, FourCategory, Origin, Section
from tracing.phrases import Both, both
from tracing.units import UnitStatus

_FIGURES: dict[StrEnum, Both] = {
    Figure.CUMULATIVE: both("累计观察", "cumulative"),
    Figure.NEW: both("当日新增", "new"),
    Figure.RELEASED: both("解除", "released"),
    Figure.STILL_OBSERVED: both("尚在观察", "still observed"),
    Figure.ABNORMAL: both("异常临床表现", "abnormal"),
    Figure.CONVERTED: both("转为病例", "converted"),
    Figure.OTHER_ENDS: both("其他终止", "other ends"),
}
_CATEGORIES: dict[StrEnum, Both] = {
    FourCategory.CONFIRMED: both("确诊患者", "confirmed"),
    FourCategory.SUSPECTED: both("疑似患者", "suspected"),
    FourCategory.FEVER_NOT_EXCLUDED: both("无法排除的发热患者", "fever not excluded"),
    FourCategory.CLOSE_CONTACT: both("密切接触者", "close contacts"),
}
_ORIGINS: dict[StrEnum, Both] = {
    Origin.AFFECTED_AREA: both("受影响地区返回", "from the affected area"),
    Origin.ELSEWHERE: both("其他地区返回", "from elsewhere"),
}
_TALLIES: dict[StrEnum, Both] = {
    TallyKind.HOUSEHOLDS: both("户", "households"),
    TallyKind.PEOPLE: both("人次", "people"),
    TallyKind.VEHICLES: both("车次", "vehicles"),
    TallyKind.FEVER: both("发热", "fever"),
    TallyKind.REFERRED: both("转诊", "referred"),
}
COLUMNS: dict[Section, dict[StrEnum, Both]] = {
    Section.OBSERVATION: _FIGURES,
    Section.FOUR_CATEGORIES: _CATEGORIES,
    Section.RETURNEES: _ORIGINS,
    Section.TALLIES: _TALLIES,
    Section.TALLIES_TO_DATE: _TALLIES,
}
SECTIONS: dict[Section, Both] = {
    Section.OBSERVATION: both("医学观察", "Observation"),
    Section.FOUR_CATEGORIES: both("四类人员", "The four categories"),
    Section.RETURNEES: both("返回人员", "Returnees"),
    Section.TALLIES: both("卡点与排查（当日）", "Checkpoints and screening on the day"),
    Section.TALLIES_TO_DATE: both("卡点与排查（累计）", "Checkpoints and screening to date"),
}
STATUSES: dict[UnitStatus, Both] = {
    UnitStatus.REPORTED: both("已报", "reported"),
    UnitStatus.ZERO: both("零报告", "zero"),
    UnitStatus.LATE: both("迟报", "late"),
    UnitStatus.MISSING: both("未报", "missing"),
}
PHRASES: dict[str, Both] = {
    "report": both("{area}日报，截至{at}", "Daily report of {area} up to {at}"),
    "figures": both("日报", "Report"),
    "area": both("地区", "area"),
    "code": both("代码", "code"),
    "total": both("合计", "total"),
    "unassigned": both("未归入下级地区", "in none of these"),
    "units": both("报告单位", "Reporting units"),
    "unit": both("单位", "unit"),
    "status": both("状态", "status"),
    "figure": both("报告数", "figure"),
    "nothing_new": both("全部事实此前已登记", "every fact was recorded before"),
    "recorded": both("登记{new}条事实。", "{new} facts recorded."),
    "many_touched": both(
        "涉及{people}人，人数过多，不逐人列出变化。",
        "{people} people are touched, too many to say for each what changes.",
    ),
    "marks_left": both(
        "身份已删除；销毁密钥的标记未能写入主密钥旁的文件，旧备份仍可能恢复其身份。"
        "请腾出空间后再次提交，或运行 shouwang work。",
        "Who they are is erased; the marks of the destroyed keys could not be written beside the master keys,"
        " so an old backup could bring it back. Once there is room, erasing again or `shouwang work`"
        " writes them.",
    ),
    "rules_in_force": both("本程序的规则已在数据库中生效", "the rules of this program are in force already"),
    "not_activated": both(
        "尚未生效；加 --yes 使其生效。", "Not in force yet; --yes puts these rules in force."
    ),
    "activated": both("规则已生效。", "The rules are in force."),
    "no_changes": both("无变化", "nothing changes"),
    "is_gone": both("已并入他人，或已撤销", "merged into another record, or withdrawn"),
}
