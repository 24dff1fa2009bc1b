"""The words of the daily report and of changes in Chinese and English."""

from enum import StrEnum

from tracing.facts.vocabulary import TallyKind
from tracing.figures import Figure, FourCategory, Origin, Section
from tracing.phrases import Both, Language
from tracing.units import UnitStatus


def _both(zh: str, en: str) -> Both:
    return {Language.ZH: zh, Language.EN: en}


_FIGURES: dict[StrEnum, Both] = {
    Figure.CUMULATIVE: _both("累计观察", "cumulative"),
    Figure.NEW: _both("当日新增", "new"),
    Figure.RELEASED: _both("解除", "released"),
    Figure.STILL_OBSERVED: _both("尚在观察", "still observed"),
    Figure.ABNORMAL: _both("异常临床表现", "abnormal"),
    Figure.CONVERTED: _both("转为病例", "converted"),
    Figure.OTHER_ENDS: _both("其他终止", "other ends"),
}
_CATEGORIES: dict[StrEnum, Both] = {
    FourCategory.CONFIRMED: _both("确诊患者", "confirmed"),
    FourCategory.SUSPECTED: _both("疑似患者", "suspected"),
    FourCategory.FEVER_NOT_EXCLUDED: _both("无法排除的发热患者", "fever not excluded"),
    FourCategory.CLOSE_CONTACT: _both("密切接触者", "close contacts"),
}
_ORIGINS: dict[StrEnum, Both] = {
    Origin.AFFECTED_AREA: _both("受影响地区返回", "from the affected area"),
    Origin.ELSEWHERE: _both("其他地区返回", "from elsewhere"),
}
_TALLIES: dict[StrEnum, Both] = {
    TallyKind.HOUSEHOLDS: _both("户", "households"),
    TallyKind.PEOPLE: _both("人次", "people"),
    TallyKind.VEHICLES: _both("车次", "vehicles"),
    TallyKind.FEVER: _both("发热", "fever"),
    TallyKind.REFERRED: _both("转诊", "referred"),
}
COLUMNS: dict[Section, dict[StrEnum, Both]] = {
    Section.OBSERVATION: _FIGURES,
    Section.FOUR_CATEGORIES: _CATEGORIES,
    Section.RETURNEES: _ORIGINS,
    Section.TALLIES: _TALLIES,
    Section.TALLIES_TO_DATE: _TALLIES,
}
SECTIONS: dict[Section, Both] = {
    Section.OBSERVATION: _both("医学观察", "Observation"),
    Section.FOUR_CATEGORIES: _both("四类人员", "The four categories"),
    Section.RETURNEES: _both("返回人员", "Returnees"),
    Section.TALLIES: _both("卡点与排查（当日）", "Checkpoints and screening on the day"),
    Section.TALLIES_TO_DATE: _both("卡点与排查（累计）", "Checkpoints and screening to date"),
}
STATUSES: dict[UnitStatus, Both] = {
    UnitStatus.REPORTED: _both("已报", "reported"),
    UnitStatus.ZERO: _both("零报告", "zero"),
    UnitStatus.LATE: _both("迟报", "late"),
    UnitStatus.MISSING: _both("未报", "missing"),
}
PHRASES: dict[str, Both] = {
    "report": _both("{area}日报，截至{at}", "Daily report of {area} up to {at}"),
    "figures": _both("日报", "Report"),
    "area": _both("地区", "area"),
    "code": _both("代码", "code"),
    "total": _both("合计", "total"),
    "unassigned": _both("未归入下级地区", "in none of these"),
    "units": _both("报告单位", "Reporting units"),
    "unit": _both("单位", "unit"),
    "status": _both("状态", "status"),
    "figure": _both("报告数", "figure"),
    "no_changes": _both("无变化", "nothing changes"),
    "is_gone": _both("已并入他人，或已撤销", "merged into another record, or withdrawn"),
}
