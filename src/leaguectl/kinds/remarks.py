"""Remarks that end something: in a column that is not read they say that a member has left, a post
was given up, an organisation closed, a candidate or a transfer refused."""

import re
from dataclasses import replace
from functools import cache
from typing import Any, NamedTuple

from leaguectl.findings import Finding, Where
from leaguectl.reader import Sheet, column_letters
from leaguectl.rules.membership_terms import denies_membership
from leaguectl.workbooks.sheet_kinds import Match
from leaguectl.workbooks.texts import NO, fold, folded, is_blank, shown


class Ending(NamedTuple):
    """How sheets of a kind say that what a row is about has ended."""

    words: re.Pattern[str]
    """In a remark; not that it is about to end."""
    columns: tuple[str, ...] = ()
    """The fields of the columns for it."""
    fact: str = ""
    """What messages call it, where it is not that a member has left."""
    gone: str = ""
    here: str = ""
    """Words of headings that ask whether it has ended, or still goes on."""


_NOT_YET = r"(?<![拟待未不应将])(?<!申请)"
_REFUSED = (
    r"未(?:获|予|被)?(?:通过|批准|同意|接收)|(?<!无)不(?:予)?(?:批准|同意(?!见)|通过|接收|发展)|"
    r"暂缓|暂不|缓议|缓办|(?<![未不没无])(?:放弃|取消|退回)|(?<!无)不(?:合格|符合)"
)
_ENDINGS = {
    "members": Ending(
        re.compile(
            rf"{_NOT_YET}(?<!准备)(?:转出(?!中)|转走|退团|离团|脱团|被除名|开除团籍)"
            r"|^(?:本人|该生|该团员|已|因病|因故|意外)*(?:去世|死亡|病故)|已毕业|毕业离校"
            r"|^(?:已转|已?除名|已?开除|已?退学|毕业|已?注销)$"
        ),
        ("left", "leaving_reason"),
        gone="转出|转走|离团|退团|除名",
        here="册|籍|团",
    ),
    "cadres": Ending(
        re.compile(rf"{_NOT_YET}(?<!准备)(?:离任|离职|卸任|免职|不再担任|已调离|已调走|已退休)"),
        ("until",),
        "office",
        gone="离任|卸任|免职",
        here="任|职",
    ),
    "organizations": Ending(
        re.compile(rf"{_NOT_YET}(?<!准备)(?:撤销|注销|撤并|解散|已合并|已停用)"),
        ("dissolved",),
        "closed",
        gone="撤销|注销",
        here="运行",
    ),
    "discipline": Ending(
        re.compile(rf"{_NOT_YET}(?:解除|期满|已撤销)"),
        ("lifted",),
        "lifted",
        gone="解除",
        here="处分期|执行",
    ),
    "candidates": Ending(
        re.compile(rf"{_REFUSED}|终止|退出|淘汰|不再|退学|转学|转走"), ("closed",), "case"
    ),
    "admissions": Ending(re.compile(_REFUSED), (), "case"),
    "transfers": Ending(
        re.compile(
            r"(?<![未不没无])(?:退回|拒绝|拒收|驳回|撤回|失败)|"
            r"未(?:被)?(?:接收|成功|通过|转入|报到)|不(?:予)?接收"
        ),
        ("transfer_state", "refusal"),
        "transfer",
    ),
}


def words_of_end(remark: str, kind: str) -> str:
    """What in a remark says that what a row is about has ended: 转出 of ``2024年已转出``; empty
    where nothing does."""
    found = _ENDINGS[kind].words.search(folded(remark)) if kind in _ENDINGS else None
    return found[0] if found else ""


# -- columns --------------------------------------------------------------------------------------

_REMARKS = re.compile(r"备注|附注|说明|状态|去向|变动|异动|情况|意见|结果|结论")
_GONE = re.compile(r"(?:转出|转走|离校|除名|死亡|去世)(?:时间|日期|年月)|转[往到至].*")
"""Headings under which anything says that a member has left."""
_ANYTHING = re.compile(r".+", re.DOTALL)
_YES = re.compile(r"[是有对√✓✔1y]|yes|已.*", re.IGNORECASE)
_NO = re.compile(rf"{NO}|[不未没非].*", re.IGNORECASE)


def remarks_of_leaving(sheet: Sheet, match: Match, where: Where) -> dict[int, Finding]:
    """Errors by the row that they are about: a remark in a column that is not read says that it has
    ended, and no column for that is filled."""
    if match.kind not in _ENDINGS:
        return {}
    ending, columns = _ENDINGS[match.kind], _columns_of_remarks(sheet, match)
    politics = match.fields.get("politics")
    ends = [match.fields[field] for field in ending.columns if field in match.fields]
    answers = {column: _answer_of(heading, match.kind) for column, heading in columns.items()}

    @cache  # a column mostly says a few things again and again
    def words_in(column: int, text: str) -> str:
        if column == politics and denies_membership(text):
            return ""  # a rule says so
        return _left_by(text, answers[column], match.kind)

    found: dict[int, Finding] = {}
    for number, cells in sheet.rows[match.header + 1 : match.end] if columns else ():
        texts = {column: shown(cells[column]) for column in columns if column < len(cells)}
        words = {column: said for column, text in texts.items() if (said := words_in(column, text))}
        if words and not any(shown(cells[end]) for end in ends if end < len(cells)):
            column, said = next(iter(words.items()))
            letters, heading = column_letters(column + sheet.first_column), columns[column]
            facts: dict[str, Any] = {"words": said, "heading": heading}
            facts |= {ending.fact: True} if ending.fact else {}
            name = match.fields.get("name", len(cells))
            about = shown(cells[name]) if name < len(cells) else None
            place = replace(where, row=number, column=letters, heading=heading, about=about)
            found[number] = Finding("remark-left", facts, where=place)
    return found


def _columns_of_remarks(sheet: Sheet, match: Match) -> dict[int, str]:
    """The headings of the columns in which a cell may say that something has ended."""
    read = {*match.fields.values()}
    columns = {
        column: heading
        for column, cell in enumerate(sheet.rows[match.header][1])
        if column not in read
        and (_REMARKS.search(fold(heading := shown(cell))) or _answer_of(heading, match.kind))
    }
    if "politics" in match.fields:
        columns[match.fields["politics"]] = match.headings["politics"]
    return columns


def _answer_of(heading: str, kind: str) -> re.Pattern[str] | None:
    """What a cell under a heading says if it has ended; None where the heading asks something
    else."""
    asked, ending = fold(heading), _ENDINGS[kind]
    if kind == "members" and _GONE.fullmatch(asked):
        return _ANYTHING
    if not ending.gone:
        return None
    if re.fullmatch(f"是否(?:已经?)?(?:{ending.gone})", asked):
        return _YES
    return _NO if re.fullmatch(f"(?:是否)?[仍还]?在(?:{ending.here})", asked) else None


def _left_by(text: str, answer: re.Pattern[str] | None, kind: str) -> str:
    """What in a cell says that it has ended, by an answer or as a remark; empty where nothing
    does."""
    if answer is not None:
        is_said = answer.fullmatch(text) and (answer is _NO or not is_blank(text))
        return text[:20] if is_said else ""
    return words_of_end(text, kind)
