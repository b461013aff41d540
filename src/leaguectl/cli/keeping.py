"""Commands about the registry itself and this program: init, check, config."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from leaguectl.cli import settings
from leaguectl.cli.batches import two_digits
from leaguectl.cli.desk import Desk, counted, optional_day
from leaguectl.cli.doing import conclude
from leaguectl.cli.framework import command
from leaguectl.findings import Level


@command(writes=True)
def init(
    ctx: typer.Context,
    name: Annotated[str | None, typer.Option(show_default=False)] = None,
    province: Annotated[str | None, typer.Option(show_default=False)] = None,
    policy: Annotated[Path | None, typer.Option(show_default=False)] = None,
) -> None:
    """Make an empty registry."""
    from leaguectl.actions import registry

    desk = Desk.of(ctx)
    code = two_digits(province) if province else None
    registry.init(desk.request("init"), name, code, policy)
    desk.printer.hint("registry-would" if desk.dry_run else "registry-made", db=desk.location.shown)


@command(writes=True)
def policy_set(
    ctx: typer.Context, file: Annotated[Path, typer.Argument(show_default=False)]
) -> None:
    """Lay a county's own policy file over the packaged one."""
    from leaguectl.actions import registry

    desk = Desk.of(ctx)
    conclude(desk, registry.set_policy(desk.request("policy set"), file))


@command()
def policy_show(ctx: typer.Context) -> None:
    """The county's own policy file."""
    from leaguectl.actions import registry

    desk = Desk.of(ctx)
    text = registry.policy_text(desk.location)
    sys.stdout.write(text)
    if not text:
        desk.printer.hint("policy-packaged")


@command()
def upgrade(ctx: typer.Context) -> None:
    """Bring an older registry to the present schema."""
    from leaguectl.actions import registry

    desk = Desk.of(ctx)
    before, after = registry.upgrade(desk.request("upgrade"))
    code = "upgraded" if before != after else "upgrade-none"
    desk.printer.hint(code, db=desk.location.shown, before=before, after=after)


@command(prints=True)
def check(
    ctx: typer.Context,
    codes: Annotated[list[str] | None, typer.Argument(show_default=False)] = None,
    strict: Annotated[bool, typer.Option("--strict")] = False,
    on: Annotated[str | None, typer.Option("--on", show_default=False)] = None,
    policy_of: Annotated[str | None, typer.Option("--policy-of", show_default=False)] = None,
) -> None:
    """Ask every rule of everything stored."""
    from leaguectl.actions import checking

    desk = Desk.of(ctx)
    asked = checking.Asked(desk.today, _day(desk, on), _day(desk, policy_of))
    found = checking.check(desk.location, codes or (), asked)
    if strict:
        found = [replace(one, level=Level.ERROR) for one in found]
    counts = counted(found)
    if found or desk.format == "json":
        documents = [desk.printer.finding_document(one) for one in found]
        keys = ("level", "code", "subject", "message", "fix")
        rows = [[one[key] for key in keys] for one in documents]
        document = {"findings": documents, "counts": counts}
        desk.printer.answer("check", keys, rows, document)
    if found:
        desk.printer.hint("check-counts", **counts)
    raise typer.Exit(1 if counts["error"] else 0)


def _day(desk: Desk, text: str | None) -> date | None:
    """A day, or ``today``."""
    return desk.today if text and text.casefold() == "today" else optional_day(text)


@command(prints=True)
def config_show(ctx: typer.Context) -> None:
    """Each setting and where it comes from."""
    from leaguectl.actions.limiting import USUAL, shown

    desk = Desk.of(ctx)
    path = str(settings.config_path())
    limits = shown(settings.limits() or USUAL)
    of_file = {f"limits.{key}" for key in settings.read_config().get("limits", ())}
    found = {
        "config": settings.Setting(path, ""),
        "db": settings.registry(desk.db),
        "lang": settings.setting("lang") or settings.Setting(desk.language, "locale"),
        "color": settings.setting("color") or settings.Setting(desk.color, "default"),
        "actor": settings.actor(),
        "today": settings.setting("today") or settings.Setting(desk.today.isoformat(), "clock"),
        **{
            key: settings.Setting(str(value), path if key in of_file else "default")
            for key, value in limits.items()
        },
    }
    rows = [(key, one.value, one.origin) for key, one in found.items()]
    document = {
        "settings": {key: {"value": value, "origin": origin} for key, value, origin in rows}
    }
    desk.printer.answer("config show", ("setting", "value", "origin"), rows, document)
