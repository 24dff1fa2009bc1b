"""What is wrong with something handed in, in Chinese: found and right, as the register words them.

Values, names of fields and of lines stay as they are: programs look for them.
"""

import re

from tracing.faults import Fault

_RIGHT: dict[str, str] = {
    "this field is required": "此项必填",
    r"perhaps (.+) is meant": r"是否应为{0}",
    r"known fields are (.+)": r"可用的字段有：{0}",
    r"(\S+) or (\S+) is required": r"{0}与{1}须填其一",
    r"a calendar day such as (\S+) would be right": r"应为日期，如{0}",
    r"a day \((\S+)\) or a time \((\S+)\) would be right": r"应为日期（{0}）或时刻（{1}）",
    r"a day not after the onset (\S+) would be right": r"应不晚于发病日{0}",
    r"a (?:day|time) not before (.+) would be right": r"应不早于{0}",
    r"a day before 9999 would be right": "应为9999年以前的日期",
    r"a day from which rules can count on would be right": "应为规则可据以推算的日期",
    r"a day on which an edition of (\S+) is in force would be right": r"应为已有{0}版本生效的日期",
    r"(\S+) or later would be right, or a supervisor and a reason for ending earlier": (
        r"应不早于{0}，或注明提前解除的主管与理由"
    ),
    r"a diagnosis would be right: it makes a case": "应改报诊断：病例由诊断判定",
    r"a number from (\S+) to (\S+) would be right": r"应为{0}至{1}之间的数",
    r"a number without quotes would be right": "应为不带引号的数",
    r"a whole number without quotes would be right": "应为不带引号的整数",
    r"true or false would be right": "应为true或false",
    r"a text that is not empty would be right": "应为非空文字",
    r"a list would be right": "应为列表",
    r"a list of objects in braces would be right": "应为由花括号对象组成的列表",
    r"a table(?: of fields)? would be right": "应为一组字段",
    r"one of the names in openapi.json would be right": "应为openapi.json所列的名称",
    "Missing data for required field.": "此项必填",
    r"one of (.+) would be right": r"应为下列之一：{0}",
    r"one fact, an object in braces, would be right": "应为一条事实，即一个花括号对象",
    r"one fact a line would be right \((.+)\)": r"每行应为一条事实（{0}）",
    r"one fact, or a file of them at /facts, would be right": "应为一条事实；多条请提交至/facts",
    r"a fact file in UTF-8 would be right": "应为UTF-8编码的事实文件",
    r"a body of whole characters and of numbers .+ would be right": "应为完整的字符与位数不过多的数",
    r"an id without the character U\+0000 would be right": "编号不应含U+0000字符",
    r"an area's code of digits \(GB/T 2260\) would be right": "应为数字地区代码（GB/T 2260）",
    r"the code of an area in (.+) would be right": r"应为{0}以内的地区代码",
    r"the id of a recorded (.+) would be right": r"应为已登记事物（{0}）的编号",
    r"the id of a fact recorded before the void .+": "应为在撤销之前登记的事实的编号",
    r"a (\w+) that is not withdrawn would be right": r"应为未撤销的{0}",
    r"a fact that can be withdrawn would be right; .+": "应为可以撤销的事实；已删除的身份不能恢复",
    r"another id would be right": "应改用其他编号",
    r"another id, or first a void of the fact on (.+), would be right": r"应改用其他编号，或先撤销{0}的事实",
    r"another id, or none, would be right: .+": "应改用其他编号或不填：此编号与按内容生成的编号同形",
    r"first a void of the fact on (.+), which names it, would be right": r"应先撤销{0}提及它的事实",
    r"first a void of the other fact under (.+) would be right": r"应先撤销{0}下的另一事实",
    r"what (.+) says of this area, or first a void .+": r"应与{0}所述地区一致，或先撤销该事实",
    r"one merge of a record would be right; .+ under (.+)": r"一份档案只能合并一次；它已并入{0}",
    r"a record that is not itself merged into (.+) would be right": r"应为未并入{0}的档案",
    r"another person than `person` would be right": "应为person以外的人",
    r"somebody else than `person` would be right": "应为person以外的人",
    r"somebody who is among the participants would be right": "应为参与者之一",
    r"everybody named once would be right": "每人只应列一次",
    r"every row named once would be right": "每排只应列一次",
    r"two people would be right, or one for (.+) or beside unnamed": r"应有两人；{0}或另有未具名者时可为一人",
    r"nothing, or somebody new under another id, would be right": "不应再报；如为他人，请用其他编号",
    r"leaving that to somebody who sees all that names it would be right": "应由可见全部相关事实者办理",
    r"asking somebody who sees everybody would be right": "应询问可见全部人员者",
    r"(.+), or nothing, would be right; `by` and `source` name others": r"应为{0}或不填；他人请填by或source",
    r"nothing beside the path would be right": "地址之后不应有其他参数",
    r"somebody who lives in this household would be right": "应为此户居住者",
    r"another key would be right": "应改用其他键",
    r"up to (\d+) characters would be right": r"应不超过{0}个字符",
    r"(.+) would be right": r"应为{0}",
}
_FOUND: dict[str, str] = {
    "nothing": "空",
    "a field that is not known here": "未知字段",
    "a value that is not repeated here": "（此处不重复其值）",
    "something recorded that stands against it": "与已登记的某一事实抵触",
    "one used for something else": "已用于其他请求的键",
    "a line that is not JSON": "非JSON的一行",
    r"(.+) a second time for something else": r"{0}，且已用于其他内容",
    r"who (.+) is, which was erased": r"已删除的{0}的身份",
    r"(\d+) facts": r"{0}条事实",
}
_OR = "; or "


def in_chinese(fault: Fault) -> Fault:
    """Return a fault as it is told in Chinese; what has no words here stays as it is."""
    right = "；或".join(_said(_RIGHT, each) for each in fault.right.split(_OR))
    return fault._replace(found=_said(_FOUND, fault.found), right=right)


def _said(phrases: dict[str, str], text: str) -> str:
    for pattern, chinese in phrases.items():
        if found := re.fullmatch(pattern, text, re.DOTALL):
            return chinese.format(*found.groups())
    return text
