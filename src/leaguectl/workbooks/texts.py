"""Recognises texts of a sheet that are about nobody: headings, notes, totals, hints, numbering.
Each function looks at one text or the cells of one row; the place of the row is up to
:mod:`leaguectl.workbooks.rows`.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import zip_longest
from typing import Any

from leaguectl.names import fold_name

BLANK = frozenset({"", "/", "-", "--", "—", "——", "无", "无资料", "暂无", "n/a", "N/A"})
"""What people write into an empty cell."""
CLEARED = "清空"
"""The text of a cell that clears the stored value; a blank cell says nothing."""

EXAMPLE = re.compile(r"示例(?:[:：]|$)")
"""The beginning of the first cell of an example row, as the template writes it."""

REPLY_SIGNATURE = "leaguectl/reply"
"""What stands in the first row of the list that a reply has in front of its sheets."""

EXAMPLE_ID_NUMBER = "658899200703010011"
"""The ID number of that row, which belongs to nobody."""

ID_NUMBER = re.compile(r"[0-9]{17}[0-9Xx]")

_HINT_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\]]*\]|【[^】]*】")

_LONGEST_HEADING = 500
"""Characters of a heading, with all its hints."""

_SIGNS = re.compile(r"[\s*:：_★☆◆●※△▲]+")

_ORDINAL_BEFORE = re.compile(r"(?:[(\[]?[0-9]{1,2}[)\].、]|q[0-9]{1,2}[.、]?)(?=[^0-9])")
_POLITE = re.compile(
    r"^(?:请问|请?(?:填写|输入|选择)|请|您的|你的|您|本人的?)+|(?:是什么|是)?[?？]$"
)

_QUALIFIES = re.compile(
    r"监护人|家长|父亲|母亲|父母|配偶|亲属|拼音|英文|曾用|转出|转入|接收|介绍人|申请|推荐人|^[(\[【]?原"
)
_GROUP_THAT_QUALIFIES = re.compile(
    r"(?:监护人|家长|家庭(?:主要)?(?:成员)?|父亲|母亲|父母|配偶|亲属|(?:紧急)?联系人|介绍人|申请人?|"
    r"推荐人|班主任|辅导员|转出|转入|接收|原)"
    r"(?:信息|情况|资料|单位|组织|方|地|支部)?"
)

_LABEL = re.compile(
    # 合计, 备注: the word alone or with anything behind it that makes no longer word (总参, 注册)
    r"(合计|总计|小计|共计|总数|总人数|人数|备注|说明|注|附|附注|附件|注意|提示|填表人|制表人|填报人|"
    r"审核人|负责人|经办人|联系人|班主任|辅导员|指导[老教]师|团支书|汇总人|统计人|录入[人员]|填写人|报送人|上报人|"
    r"承办人|联系电话|填表日期|填表说明|填报单位|日期|时间|单位|total)"
    r"(?![\u4e00-\u9fff·])"
    r"|(填表|制表|填报|审核|经办|复核|核对|盖章|签字|签章|公章|以上|上述|本表|本页|此表|(?:本页|本班)?(?:小计|合计))"
    r"|[※★*◆●]"
    r"|共[0-9]+[人名个条页张]|第[0-9]+页"
    r"|[0-9]{1,2}[.、](?=[^0-9])|[一二三四五六七八九十]{1,3}、"
    r"|.{0,40}(?:小计|合计|总计)[:：]?[0-9]*人?$"
    r"|.{0,40}(?:盖章|签字|签名|签章|公章|意见|年\s*月\s*日)\)?[:：]?$"
    r"|[0-9]{4}[-年./][0-9]{1,2}(?:[-月./]|$)(?:[0-9]{1,2}日?)?$"
    r"|.{1,12}[:：]$"
)
"""How a note, a total or a signature begins."""

_TOTAL = re.compile(r".{0,40}(?:合计|总计|小计|共计)|总数|total")
_QUANTITY = re.compile(r"共?[0-9.]+[人名个条]?")

_HINT = re.compile(
    r"必填|选填|必须|填写|不填|不可为空|非空|格式|例如|举例|如[:：]|示例|下拉|请选择|请填|请输入|[0-9]+位|"
    r"文本|全称|与身份证一致|真实姓名|自动(?:生成|计算)"
)
_ORDINAL = re.compile(
    r"[(\[]?(?:([0-9]{1,2})|([a-z]{1,2})|([甲乙丙丁戊己庚辛壬癸])|([一二三四五六七八九十]{1,2}))[)\]]?"
)
_IN_ORDER = (
    "0123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "甲乙丙丁戊己庚辛壬癸",
    "一二三四五六七八九十",
)
"""The signs of each series of which the columns of a table are numbered."""
_FIRST = 2
"""The first number of a series at most, since a running number may have none."""
_FIELD_CODE = re.compile(r"[a-z][a-z0-9_.]*(?: [a-z]+)?")

_HEADING_WORD = re.compile(
    r"序号|姓名|性别|男|女|班级|年级|学校|单位|民族|备注|组织|支部|总数|"
    r".{0,10}(?:数|人数|率|比例|占比|时间|日期|名称|编号|类别|类型|情况|金额|得分|等次|合计|小计)"
)


_LEFT = re.compile(
    r"(?:[一二三四五六七八九十]+、|[0-9]+[.、])?(?:已|拟|待)?(?:毕业)?"
    r"(?:转出|转走|调出|离团|退团|超龄离团|脱团|除名|开除|去世|死亡|非团员)(?:的|了)?(?:团员|人员|学生|名单|名册|花名册|情况)*"
    r"(?:\(.*\))?[:：]?"
)


@lru_cache(maxsize=4096)
def fold(heading: str) -> str:
    """A heading without what does not count: width, case, spaces, what cannot be seen, ``*``,
    bracketed hints, and what online forms put around it (``Q3_``, ``您的``).

    Brackets that qualify (``身份证号（监护人）``) make another heading, so they stay.

    >>> fold("身份证号 （必填）*"), fold("3、您的姓名："), fold("身份证号（监护人）")
    ('身份证号', '姓名', '身份证号(监护人)')
    """
    if len(heading) > _LONGEST_HEADING:
        return heading  # it is none, and a million brackets would take minutes to pair
    if heading.isalnum() and heading.isascii():
        return heading.casefold()
    text = unicodedata.normalize("NFKC", heading).casefold()
    if not text.isprintable():
        text = "".join(char for char in text if unicodedata.category(char) != "Cf")
    text = _HINT_IN_BRACKETS.sub(lambda hint: hint[0] if qualifies(hint[0]) else "", text)
    asked = _SIGNS.sub("", text)
    bare = _POLITE.sub("", _ORDINAL_BEFORE.sub("", asked)).replace("所在的", "所在")
    return bare or asked or re.sub(r"[\s*:：_()]+", "", unicodedata.normalize("NFKC", heading))


@lru_cache(maxsize=4096)
def in_chinese(heading: str) -> str:
    """The Chinese of a heading that says the same in two languages: 姓名 of ``姓名/Name``; nothing
    where there is only one."""
    folded = fold(heading)
    chinese = re.sub(r"[a-z./|'&-]+", "", folded)
    return chinese if chinese != folded and len(chinese) > 1 else ""


_TIME = ("时间", "日期", "年月日", "年月")


def other_words_of_time(heading: str) -> list[str]:
    """A folded heading with the other words for a time at its end: 大会日期 for 大会时间."""
    for word in _TIME:
        if heading.endswith(word):
            core = heading.removesuffix(word)
            return [core + other for other in _TIME if other != word] if core else []
    return []


_YEAR_BEFORE = re.compile(r"(?:19|20)\d{2}(?:[-—–~]\d{4})?(?:学?年度?)")


def without_year(heading: str) -> str:
    """What a folded heading says of a year: 计划数 of 2024年计划数; nothing where it has none."""
    found = _YEAR_BEFORE.match(heading)
    return heading[found.end() :] if found else ""


def has_ordinal(text: str) -> bool:
    """Whether a text begins as the questions of an online form do: ``3、``, ``Q3_``."""
    return bool(_ORDINAL_BEFORE.match(text))


def qualifies(text: str) -> bool:
    """Whether brackets after a heading, or a heading above it, change its meaning: to that of a
    parent, of the former name, of where somebody goes."""
    return bool(_QUALIFIES.search(text))


def is_group_that_qualifies(text: str) -> bool:
    """Whether a heading over others makes them something else: 家长信息 over 联系电话."""
    return bool(_GROUP_THAT_QUALIFIES.fullmatch(folded(text)))


def first_text(cells: Sequence[Any]) -> str:
    """The text of the first cell that is not blank; empty for a blank row."""
    for cell in cells:
        if cell is not None and (text := cell.strip() if isinstance(cell, str) else shown(cell)):
            return text
    return ""


def filled(cells: Sequence[Any]) -> list[str]:
    """The texts of the cells that are not blank."""
    return [text for cell in cells if (text := shown(cell))]


def shown(cell: Any) -> str:
    """The text of a cell, a whole number without its point."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return "" if cell is None else str(cell).strip()


def is_blank(cell: Any) -> bool:
    """Whether a cell says nothing, or says that there is nothing."""
    return cell is None or (isinstance(cell, str) and cell.strip() in BLANK)


def has_id_number(cells: Sequence[Any]) -> bool:
    """Whether something among these cells has the form of an ID number."""
    return any(ID_NUMBER.fullmatch(folded(text)) for text in filled(cells) if len(text) >= 18)


def folded(cell: Any) -> str:
    """The text of a cell as it is compared: width, case and spaces do not count; empty for a cell
    that is not text."""
    return fold_name(cell) if isinstance(cell, str) else ""


def begins_as_example_note_or_total(first: str) -> bool:
    """Whether the first text of a row begins as that of an example, a note or a total."""
    return bool(EXAMPLE.match(first)) or is_label(first)


def is_label(text: str) -> bool:
    """Whether a text begins as a note, a total or a signature does."""
    return bool(_LABEL.match(folded(text)))


def is_total(text: str) -> bool:
    """Whether a text is only the word for a total, and of what."""
    return bool(_TOTAL.fullmatch(folded(text).rstrip(":")))


def is_quantity(text: str) -> bool:
    """Whether a text is a number, of people perhaps."""
    return bool(_QUANTITY.fullmatch(folded(text)))


def says_who_left(text: str) -> bool:
    """Whether a text is a heading for former members: 已转出团员."""
    return bool(_LEFT.fullmatch(folded(text)))


_LIST_OF_FORMER = re.compile(
    r"(?!.*(?:[拟待应未]|申请))"
    r".*(?:毕业离校|已离校|转出|离团|退团|脱团|除名|开除团籍)的?(?:共青)?(?:团员|人员|学生)*"
    r"(?:花?名册|名单|(?:登记|统计|汇总|一览|情况)表|台账)(?:\(.*\))?"
)
_SAYS_NO_MEMBERS = r"(?!.*(?<!非)(?<!发展)(?<!入)团员).*"
_NONMEMBERS = (
    "积极分子|发展对象|[拟待](?:发展|入团)|推优|申请入团|入团申请|群众|非团员|少先队员?|未入团"
)
_LIST_OF_NONMEMBERS = re.compile(rf"{_SAYS_NO_MEMBERS}(?:{_NONMEMBERS}|青年(?!.*团))")
_NO_MEMBERS_BELOW = re.compile(
    rf"{_SAYS_NO_MEMBERS}(?:{_NONMEMBERS})"
    r"的?(?:共青)?(?:团员|对象|人选|人员|学生|青年|花?名册|名单|登记|统计|情况|一览|表)*(?:\(.*\))?[:：]?"
)


def is_list_of_former(title: str) -> bool:
    """Whether a title is that of a list of former members, of a branch or a year perhaps."""
    return bool(_LIST_OF_FORMER.fullmatch(folded(title)))


def is_list_of_nonmembers(title: str) -> bool:
    """Whether a title is that of a list of people who are no members, or none yet."""
    return bool(_LIST_OF_NONMEMBERS.match(folded(title)))


def says_no_members(text: str) -> bool:
    """Whether a text over people in a roster says that they are no members, or not any more: 桥头村
    离团人员名单, 入团积极分子."""
    is_other = is_list_of_former(text) or _NO_MEMBERS_BELOW.fullmatch(folded(text))
    return says_who_left(text) or bool(is_other)


NO = "[否无×✗✘x0n]|no"
"""How a cell says no, as a part of a regular expression in which case does not count."""


def count_filled(cells: Sequence[Any]) -> int:
    """How many cells are filled."""
    return sum(cell not in ("", None) for cell in cells)


_YEARS = range(1980, 2100)


def heading_text(cell: Any) -> str:
    """The text of a cell that may be a heading; empty where it is neither a text nor a year."""
    if isinstance(cell, str):
        return cell.strip()
    return str(int(cell)) if isinstance(cell, (int, float)) and cell in _YEARS else ""


def are_under_groups(below: Sequence[Any], cells: Sequence[Any]) -> bool:
    """Whether a row directly below headings has further ones, which stand only below groups: those
    of its texts that are over two columns or more.

    >>> groups = ["姓名", "政治面貌", "", "备注"]
    >>> are_under_groups(["", "团员", "群众", ""], groups), are_under_groups(["艾力", "√"], groups)
    (True, False)
    """
    under = [heading_text(cell) for cell in below]
    if sum(map(bool, under)) < _GROUPED or any(map(_says_more, below)):
        return False
    over = [heading_text(cell) for cell in cells] + [""] * len(under)
    under += [""] * (len(over) - len(under))
    is_open = has_single = False
    for column, text in enumerate(over[:-1]):
        if text:
            is_open = bool(under[column] and under[column + 1] and not over[column + 1])
            has_single |= not under[column]
        if under[column] and not is_open:
            return False
    return has_single


_GROUPED = 2
_LONGEST_UNDER_GROUP = 40


def _says_more(cell: Any) -> bool:
    """Whether a cell is a value or a sentence, and no heading."""
    return not is_blank(cell) and not 0 < len(heading_text(cell)) <= _LONGEST_UNDER_GROUP


def stacked(rows: Sequence[Sequence[Any]]) -> list[list[str]]:
    """The texts that may be the heading of each column: its rows read together, and its lowest.

    An upper heading that is merged over several columns stands in the first of them alone, so it
    is read on to the right where the row below has its own.

    >>> stacked([["姓名", "入团", ""], ["", "时间", "地点"]])
    [['姓名'], ['入团时间', '时间'], ['入团地点', '地点']]
    """
    carried = [""] * len(rows)
    stacked: list[list[str]] = []
    for column in range(max(map(len, rows))):
        own = [heading_text(cells[column]) if column < len(cells) else "" for cells in rows]
        for level, text in enumerate(own[:-1]):
            carried[level] = text or (carried[level] if own[-1] else "")
        lowest = next((text for text in reversed(own) if text), "")
        whole = "".join([*carried[:-1], own[-1]])
        is_other = own[-1] and any(map(is_group_that_qualifies, carried[:-1]))
        stacked.append([whole] if is_other or whole == lowest else [whole, lowest])
    return stacked


def qualify(texts: list[list[str]], above: Sequence[Any]) -> None:
    """Change headings that have a qualifying heading above them which is not part of the headings
    read together. A title is the only text in its row."""
    if count_filled(above) < 2:
        return
    group = ""
    for index, choices in enumerate(texts):
        group = (heading_text(above[index]) if index < len(above) else "") or group
        if group and any(choices) and is_group_that_qualifies(group):
            texts[index] = [group + choices[0]]


def are_hints(cells: Sequence[Any]) -> bool:
    """Whether a row only has hints for the headings rather than data: hints (必填), the numbers of
    the columns (1 2 3, 甲 乙 丙), or their names in a program."""
    texts = [folded(text) for text in filled(cells)]
    if not texts:
        return False
    if 2 * sum(bool(_HINT.search(text)) for text in texts) >= len(texts):
        return True
    are_codes = all(map(_FIELD_CODE.fullmatch, texts))
    return len(texts) > 1 and (are_codes or _are_ordinals(texts))


def _are_ordinals(texts: Sequence[str]) -> bool:
    """Whether texts number columns, in one or several series that begin at their beginning (甲 乙 1
    2 3): a code of one letter and its places (X, 10) do not."""
    last: dict[int, tuple[int, int]] = {}
    for text in texts:
        if (found := _ORDINAL.fullmatch(text)) is None or found.lastindex is None:
            return False
        series, signs = found.lastindex - 1, found[found.lastindex]
        value = (
            int(signs) if series == 0 else sum(_IN_ORDER[series].index(sign) + 1 for sign in signs)
        )
        place = (len(signs) if series == 1 else 0, value)
        if place <= last[series] if series in last else value > _FIRST:
            return False
        last[series] = place
    return True


def are_other_headings(cells: Sequence[Any]) -> bool:
    """Whether a row looks like the headings of a table that is not ours."""
    texts = filled(cells)
    words = sum(bool(_HEADING_WORD.fullmatch(folded(text))) for text in texts)
    if len(texts) < 2 or any(char.isdigit() for text in texts for char in text):
        return False
    return words == len(texts) or (len(texts) > 2 and 3 * words >= 2 * len(texts))


def are_same_headings(cells: Sequence[Any], header: Sequence[Any]) -> bool:
    """Whether a row has the same texts as the headings, and no other."""
    return all(
        cell == heading or fold(shown(cell)) == fold(shown(heading))
        for cell, heading in zip_longest(cells, header)
    )


def with_year_group(year_group: str, text: str) -> str:
    """The class that a column of year groups and one of classes say together: 高一 and 2 are
    高一（2）班."""
    grade = year_group.removesuffix("年级") if year_group[:1] in "高初职" else year_group
    if not grade or text.startswith(grade) or grade in text:
        return text
    return f"{grade}（{text}）班" if text.isdecimal() else f"{grade}{text}"
