"""The words of answers in Chinese and English: one entry a thing said, both languages side by side."""

from enum import StrEnum

from tracing.reasons import Says
from tracing.release import Blocking, State


class Language(StrEnum):
    ZH = "zh"
    EN = "en"


Both = dict[Language, str]


def both(zh: str, en: str) -> Both:
    """Return a text in both languages."""
    return {Language.ZH: zh, Language.EN: en}


SENTENCES: dict[Says, Both] = {
    Says.NO_REASON: both(
        "没有记录在案的接触或旅行史", "no contact or travel that asks for anything is recorded"
    ),
    Says.CASE: both("{day}判定为{category}", "{category}, decided on {day}"),
    Says.RULED_OUT: both("{day}已排除", "ruled out on {day}"),
    Says.CONTACT_WITHOUT_MEASURE: both(
        "一般接触者，登记，不需隔离观察", "general contact: listed, not observed"
    ),
    Says.NOT_OBSERVED: both("不需隔离观察", "no observation is required"),
    Says.OBSERVED_UNTIL: both(
        "观察至{last_day}24时：{because}{count}{newer}{rule}",
        "observed until 24:00 on {last_day}: {because}{count}{newer}{rule}",
    ),
    Says.STILL_EXPOSED: both(
        "仍在持续接触，尚无截止日期", "exposure still goes on, so there is no last day yet"
    ),
    Says.LAST_EXPOSURE_UNKNOWN: both("末次接触日期不明", "nobody knows the last exposure"),
    Says.DECIDED: both("{day}人工判定为{category}{decided_by}", "decided on {day}: {category}{decided_by}"),
    Says.DECIDED_OTHERWISE: both(
        "{day}人工判定为{category}{decided_by}", "decided on {day}: {category}{decided_by}"
    ),
    Says.NEWER_EDITION: both(
        "{day}起按{edition}版执行，至{last_day}", "edition {edition}, in force from {day}, sets {last_day}"
    ),
    Says.ENDED_BY_NEWER_EDITION: both(
        "{edition}版自{day}起不再要求，观察至{last_day}止",
        "edition {edition}, in force from {day}, no longer asks for it; it ended on {last_day}",
    ),
    Says.WINDOW: both("传染期", "window"),
    Says.WINDOW_OPENS: both(
        "自{start}起的接触计入（{anchor}{day}前{days_before}天）",
        "contact counts from {start} ({days_before} days before {anchor} {day})",
    ),
    Says.WINDOW_CLOSES: both("至{end}止", "until {end}"),
    Says.WINDOW_OPEN: both("尚未受控，接触仍在计入", "not under control yet, contact goes on counting"),
    Says.NO_WINDOW: both("该版方案不再判定密切接触者", "this edition determines no contacts of a case"),
    Says.MET: both("", ""),
    Says.LIVED_TOGETHER: both("", ""),
    Says.RODE_TOGETHER: both("", ""),
    Says.SAME_PLACE: both("", ""),
    Says.SUSPECTED_EXPOSURE: both("{last}止无防护{kind}", "unprotected exposure ({kind}) until {last}"),
    Says.CAME_BACK: both("{day}离开受影响地区", "left the affected area on {day}"),
    Says.DAY_OF_LEAVING_NOT_KNOWN: both(
        "{day}自受影响地区抵达（离开日期不明）",
        "arrived from the affected area on {day} (day of leaving not known)",
    ),
    Says.LIVES_WITH_RETURNEE: both("与{who}同住", "lives with {who}"),
    Says.NOT_RECORDED: both("{what}未记录，按符合处理", "{what} not recorded, taken as met"),
    Says.SOURCE_RULED_OUT: both("来源{named}已排除", "the source{named} was ruled out"),
    Says.BEFORE_WINDOW: both(
        "接触早于病例传染期起点{start}",
        "the contact lies before the window of the case, which opens on {start}",
    ),
    Says.AFTER_WINDOW: both(
        "接触晚于病例受控（{end}）", "the contact lies after the case was under control ({end})"
    ),
    Says.WHILE_ISOLATED: both("接触时病例已被隔离", "the case was isolated at the time"),
    Says.PROTECTED: both("有有效防护", "under effective protection"),
    Says.NO_RULE: both(
        "该版方案对此类接触（{kind}）无规定", "this edition has no rule for this kind of contact ({kind})"
    ),
    Says.TOO_FAR: both("距离{distance_m}米，超过{limit_m}米", "{distance_m} m apart, more than {limit_m} m"),
    Says.TOO_SHORT: both(
        "接触{minutes}分钟，不足{limit_minutes}分钟", "{minutes} minutes, less than {limit_minutes}"
    ),
    Says.GENERAL_ONLY: both("短暂接触，属一般接触", "a brief contact, general only"),
    Says.SEAT_TOO_FAR: both("座位不在密切接触范围内", "the seat is outside the range of close contact"),
    Says.NO_TIME_RECORDED: both("行程时间未记录", "the time of the journey is not recorded"),
    Says.DORMITORY: both(
        "居住人数超过{largest}人，按集体宿舍处理",
        "more than {largest} residents: a dormitory exposes nobody by itself",
    ),
    Says.NOT_LIVING_TOGETHER: both("传染期内未共同居住", "did not live together while contact counted"),
    Says.IS_A_CASE: both("本人已是病例", "is a case, no longer a contact"),
    Says.EXEMPT: both("本人有免疫力，不需观察", "immune, so not observed"),
    Says.FIRST_CASE_HOLDS: both(
        "全户按首例计算，后续病例不改变期限",
        "the household counts from its first case; later ones change nothing",
    ),
    Says.SIGN_EXTENDS: both("{day}出现症状，延至{last_day}", "a sign on {day} keeps them until {last_day}"),
    Says.MET_RETURNEE: both("", ""),
    Says.FOUND_IN_FACILITY: both(
        "{day}同一集中隔离点相邻楼层发现阳性",
        "somebody on a nearby floor of the same facility was found positive on {day}",
    ),
    Says.NO_EDITION: both(
        "现行版本不（再）要求观察", "no edition in force asks (any longer) for observation of this"
    ),
}

WORDS: dict[str, Both] = {
    "somebody": both("有关人员", "somebody"),
    "confirmed_case": both("确诊病例", "confirmed case"),
    "suspected_case": both("疑似病例", "suspected case"),
    "asymptomatic_case": both("无症状感染者", "asymptomatic case"),
    "close_contact": both("密切接触者", "close contact"),
    "secondary_contact": both("密接的密接", "secondary contact"),
    "suspected_exposed": both("可疑暴露者", "suspected-exposed person"),
    "returnee": both("受影响地区返回人员", "returnee"),
    "co_resident_of_returnee": both("返回人员同住者", "co-resident of a returnee"),
    "contact_of_returnee": both("返回人员接触者", "contact of a returnee"),
    "general_contact": both("一般接触者", "general contact"),
    "none": both("无", "none"),
    "a_somebody": both("有关人员", "somebody"),
    "a_confirmed_case": both("一名确诊病例", "a confirmed case"),
    "a_suspected_case": both("一名疑似病例", "a suspected case"),
    "a_asymptomatic_case": both("一名无症状感染者", "an asymptomatic case"),
    "a_returnee": both("一名返回人员", "a returnee"),
    "a_close_contact": both("一名密切接触者", "a close contact"),
    "with_met": both("{when}与{who}接触", "contact with {who} {when}"),
    "with_household": both("{when}与{who}共同居住", "lived with {who} {when}"),
    "with_meal": both("{when}与{who}同餐", "meal with {who} {when}"),
    "with_care": both("{when}照护{who}", "cared for {who} {when}"),
    "with_aerosol_procedure": both("{when}为{who}进行产生气溶胶的操作", "aerosol procedure on {who} {when}"),
    "with_work": both("{when}与{who}一起工作", "worked with {who} {when}"),
    "with_class": both("{when}与{who}同班上课", "class with {who} {when}"),
    "with_entertainment": both("{when}与{who}一起娱乐", "entertainment with {who} {when}"),
    "with_meeting": both("{when}与{who}会面", "meeting with {who} {when}"),
    "with_conveyance": both("{when}与{who}同乘", "same conveyance as {who} {when}"),
    "with_ward": both("{when}与{who}同病房", "same ward as {who} {when}"),
    "with_lift": both("{when}与{who}同乘电梯", "same lift as {who} {when}"),
    "with_brief": both("{when}与{who}短暂接触", "brief contact with {who} {when}"),
    "with_visit": both("{when}与{who}同时在同一场所", "same place and time as {who} {when}"),
    "with_other": both("{when}与{who}接触", "contact with {who} {when}"),
    "with_animal": both("{when}接触动物", "exposed to animals {when}"),
    "with_contaminated_environment": both(
        "{when}暴露于污染环境", "exposed to a contaminated environment {when}"
    ),
    "animal": both("接触动物", "animals"),
    "contaminated_environment": both("接触污染环境", "a contaminated environment"),
    "brief": both("短暂接触", "brief contact"),
    "conveyance": both("同乘", "shared conveyance"),
    "distance": both("距离", "distance"),
    "minutes": both("时长", "duration"),
    "place_aboard": both("座位", "place aboard"),
    "onset": both("发病", "onset"),
    "sampled": both("采样", "sampling"),
    "diagnosed": both("判定", "diagnosis"),
    "last_negative": both("末次阴性采样", "last negative sample"),
    "count_contact": both("，末次接触次日起第{days}天", "; day {days} from the day after the last contact"),
    "count_leaving": both("，离开次日起第{days}天", "; day {days} from the day after leaving"),
    "by_rule": both("，依据{rule}", "; by {rule}"),
    "unconfirmed": both("（其中有未经核实的规定）", " (rests on a rule that is unconfirmed)"),
}

CHOICES = frozenset({"category", "kind", "what", "anchor", "source_category"})
"""The values that are words of a closed set, to be said in the reader's language."""

BLOCKERS: dict[Blocking, Both] = {
    Blocking.PERIOD_NOT_COMPLETE: both(
        "观察期未满（至{day}24时）", "the period is not complete (until 24:00 on {day})"
    ),
    Blocking.HEALTH_CHECK_MISSING: both(
        "{day}及以后无人见到或电话联系到本人", "nobody saw or phoned them on {day} or since"
    ),
    Blocking.SYMPTOM_UNRESOLVED: both(
        "{day}有发热或症状，尚未排除", "fever or a sign on {day} has not been resolved"
    ),
    Blocking.TEST_MISSING: both(
        "第{number}天的检测（{day}）缺失", "the test of day {number} ({day}) is missing"
    ),
    Blocking.TEST_PENDING: both(
        "第{number}天的检测（{day}）结果未出", "the test of day {number} ({day}) has no result yet"
    ),
    Blocking.TEST_POSITIVE: both("{day}采样阳性", "the sample of {day} is positive"),
    Blocking.LINKED_CONTACT_TESTS_MISSING: both(
        "所关联密切接触者的前几次检测未全部阴性",
        "the first tests of the linked close contact are not all negative yet",
    ),
    Blocking.LINKED_CONTACT_POSITIVE: both(
        "所关联密切接触者检测阳性", "the linked close contact tested positive"
    ),
    Blocking.LAST_EXPOSURE_UNKNOWN: both("末次接触日期不明", "the last exposure is not known"),
    Blocking.LOST_TO_FOLLOW_UP: both("自{day}起失访", "lost to follow-up since {day}"),
    Blocking.NO_ORDER: both(
        "观察期已满（{day}），但从未落实", "the period is over ({day}) and nobody was placed"
    ),
}

STATES: dict[State, Both] = {
    State.NOT_REQUIRED: both("无需观察", "not required"),
    State.TO_BE_PLACED: both("待落实", "to be placed"),
    State.UNDER_OBSERVATION: both("观察中", "under observation"),
    State.DUE_FOR_RELEASE: both("可解除", "due for release"),
    State.BLOCKED: both("暂缓解除", "blocked"),
    State.RELEASED: both("已解除", "released"),
    State.ENDED_BY_CONVERSION: both("已转为病例", "ended by conversion"),
    State.ENDED: both("已终止", "ended"),
}

TITLES: dict[str, Both] = {
    "person": both("人员", "person"),
    "category": both("类别", "category"),
    "state": both("状态", "state"),
    "last_day": both("最后观察日", "last day"),
    "generation": both("代", "generation"),
    "earliest": both("最早", "earliest"),
    "latest": both("最晚", "latest"),
    "path": both("路径", "path"),
}
