"""Tables that offices send with rosters: known by their headings, and not kept."""

from leaguectl.workbooks.sheet_kinds import Column, SheetKind


def _ignored(name: str, min_columns: int, *headings: str) -> SheetKind:
    columns = tuple(Column(heading, (heading,), required=False) for heading in headings)
    return SheetKind(name, columns, imported=False, min_columns=min_columns)


IGNORED_TABLES: tuple[SheetKind, ...] = (
    _ignored(
        "dues", 3,
        "月份", "支部人数", "应交人数", "实交人数", "应交金额", "实交金额", "应缴人数", "实缴人数",
        "应缴金额", "实缴金额", "应交团费", "实交团费", "应缴团费", "实缴团费", "团费标准",
        "月应交团费", "累计交纳团费",
    ),
    _ignored(
        "meeting statistics", 3,
        "支部大会", "支委会", "支部委员会", "团小组会", "团课", "主题团日", "支部大会次数",
        "支委会次数", "支部委员会次数", "团小组会次数", "团课次数", "主题团日次数",
        "召开支部大会次数", "召开支委会次数", "召开团小组会次数", "开展团课次数",
        "开展主题团日次数",
    ),
    _ignored(
        "organization statistics", 4,
        "类别", "基层团委数", "基层团工委数", "团总支数", "团支部数", "团员数", "上年新发展团员数",
        "专职", "兼职", "挂职", "团干部数",
        "组织名称", "已建立组织总数", "已建立支部数", "空心团委数", "空心团支部数",
        "无团干团支部数", "已报到团员数", "已录入团干数", "转出中", "已转出", "待确认接收",
        "已接收", "及时响应率",
    ),
)  # fmt: skip
"""Dues are not part of the registry; totals by organisation are counted from its own rows, and
meetings from the lists of them. The
number is how many of the headings identify the table: a single one occurs in many others."""
