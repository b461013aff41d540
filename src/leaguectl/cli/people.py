"""Commands about who is who: dup list, dup ignore, member edit, member merge."""

from functools import partial
from typing import Annotated, Any

import typer

from leaguectl.cli.desk import Desk, from_stdin
from leaguectl.cli.doing import answer, named
from leaguectl.cli.framework import command
from leaguectl.findings import Private

Who = Annotated[str, typer.Argument(show_default=False)]
Given = Annotated[str | None, typer.Option(show_default=False)]

_PAIR = (
    "id", "name", "id_number", "organization", "other_id", "other_name", "other_id_number",
    "other_organization", "likeness", "reason",
)  # fmt: skip
_APART = ("id", "name", "id_number", "other_id", "other_name", "other_id_number", "reason")


@command(prints=True)
def dup_list(
    ctx: typer.Context,
    org: Annotated[str | None, typer.Option("--org", show_default=False)] = None,
    all_: Annotated[bool, typer.Option("--all")] = False,
) -> None:
    """People who look like one."""
    from leaguectl.actions import duplicates

    desk = Desk.of(ctx)
    found = duplicates.suspects(desk.location, org, decided=all_)
    desk.log_reveal("dup list", "dup list", 2 * len(found))
    rows: list[dict[str, Any]] = []
    for one in found:
        row: dict[str, Any] = {}
        for prefix, person, home in zip(
            ("", "other_"), (one.pair.first, one.pair.second), one.homes, strict=True
        ):
            row |= {
                f"{prefix}id": person.id, f"{prefix}name": person.name,
                f"{prefix}id_number": Private(person.id_number), f"{prefix}organization": home,
            }  # fmt: skip
        rows.append({**row, "likeness": list(one.pair.likeness), "reason": one.reason})
    shown = [
        [
            list(map(partial(named, desk), row[key])) if key == "likeness" else row[key]
            for key in _PAIR
        ]
        for row in rows
    ]
    document = {"count": len(rows), "rows": rows}
    desk.printer.answer("dup list", _PAIR, shown, document)
    if not rows:
        desk.printer.hint("dup-none")


@command(prints=True, writes=True)
def dup_ignore(ctx: typer.Context, first: Who, second: Who) -> None:
    """Two people who look like one are two."""
    from leaguectl.actions import duplicates

    desk = Desk.of(ctx)
    who = [from_stdin(first), from_stdin(second)]
    done = duplicates.tell_apart(desk.request("dup ignore"), who)
    answer(desk, "dup ignore", _APART, done)


@command(prints=True, writes=True)
def member_edit(
    ctx: typer.Context, who: Who, name: Given = None, phone: Given = None, politics: Given = None,
    id_number: Given = None,
) -> None:  # fmt: skip
    """Correct what is known of a person."""
    from leaguectl.actions import identity as correcting

    desk = Desk.of(ctx)
    given = {
        "name": name, "id_number": from_stdin(id_number) if id_number else id_number,
        "phone": phone, "politics": politics,
    }  # fmt: skip
    done = correcting.edit(desk.request("member edit"), from_stdin(who), given)
    desk.log_reveal("member edit", "member edit", 1)
    answer(desk, "member edit", ("field", "was", "becomes"), done)


@command(prints=True, writes=True)
def member_merge(ctx: typer.Context, keep: Who, other: Who) -> None:
    """Join two records of one person."""
    from leaguectl.actions import identity as correcting

    desk = Desk.of(ctx)
    request = desk.request("member merge")
    done, people = correcting.merge(request, from_stdin(keep), from_stdin(other))
    desk.log_reveal("member merge", "member merge", 2)
    answer(desk, "member merge", ("noun", "moved", "combined"), done, **people)
