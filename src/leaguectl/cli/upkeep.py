"""The upkeep of a registry: backup, restore, encrypt, grants, doctor."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaguectl import actions
from leaguectl.cli import settings
from leaguectl.cli.answers import FINDINGS, of
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import Org
from leaguectl.cli.render import code, show_findings
from leaguectl.findings import Finding, LeagueError, UsageError
from leaguectl.output import printable
from leaguectl.store import SCHEMA
from leaguectl.words import LANGUAGES, words

if TYPE_CHECKING:
    from leaguectl.actions.diagnosis import Check
    from leaguectl.store.copying import Copied

_SHORTEST_KEY = 8

_COPIED = ("file", "operations", "head", "sha256")

_COPY = of("file operations head sha256 registry_schema dry_run", FINDINGS)


@command(
    writes=True,
    is_operation=False,
    confirm=actions.Confirm.NEVER,
    answer=(_COPY,),
)
def backup(context: Context, file: Path) -> None:
    """Copy the registry to a new file while it is in use."""
    copied = actions.backups.back_up(context.request(), file)
    context.made = None if context.dry_run else str(copied.file)
    _answer(context, copied)
    code = "backup-would" if context.dry_run else "backup-made"
    context.printer.hint(code, file=str(copied.file), operations=copied.operations)
    _hint_at_schema(context, copied)
    show_findings(context, copied.findings)
    raise typer.Exit(1 if copied.findings else 0)


@command(
    writes=True,
    is_operation=False,
    confirm=actions.Confirm.NEVER,
    answer=({**_COPY, "kept": str | None},),
)
def restore(context: Context, file: Path) -> None:
    """Put a registry from a file in place."""
    copied = actions.backups.restore(context.request(), file)
    context.made = None if context.dry_run else context.location.shown
    _answer(context, copied, kept=copied.kept)
    hint, facts = context.printer.hint, {"db": context.location.shown, "file": str(file)}
    hint("restore-would" if context.dry_run else "restored", **facts, operations=copied.operations)
    if copied.kept:
        hint("restore-kept", kept=copied.kept)
    show_findings(context, [each for each in copied.findings if not each.is_error])
    _hint_at_schema(context, copied)


@command(
    writes=True,
    is_operation=False,
    confirm=actions.Confirm.NEVER,
    answer=of("registry", {"encrypted": bool}),
)
def encrypt(context: Context, new_key_file: Path | None = None, off: bool = False) -> None:
    """Encrypt the registry's file, change its key, or end the encryption."""
    if off and new_key_file is not None:
        raise UsageError("encrypt-or-not")
    key = None if off else _new_key(context, new_key_file)
    operation = actions.backups.encrypt(context.request(), key)
    db, state = context.location.shown, {"encrypted": not off}
    context.made = None if context.dry_run else db
    about = {"operation": operation, "dry_run": context.dry_run, "registry": db, **state}
    context.answer(("registry", "encrypted"), [(db, not off)], {**about, "findings": []})
    if not context.dry_run:
        context.printer.hint("not-encrypted" if off else "encrypted", db=db)


def _new_key(context: Context, file: Path | None) -> str:
    """The key of that file, else the one that is set where the registry has none yet, else the one
    that somebody types twice.

    :raises UsageError: there is none, or it is too short.
    """
    location = context.location
    if file is not None:
        key = settings.key_in(file)
    elif location.key is not None and not location.is_encrypted:
        key = location.key
    elif context.can_ask:
        key = context.ask_key("ask-new-key")
        if key != context.ask_key("ask-key-again"):
            raise UsageError("keys-differ")
    else:
        raise UsageError("encrypt-no-key")
    if len(key) < _SHORTEST_KEY:
        raise UsageError("key-short", least=_SHORTEST_KEY)
    return key


def _answer(context: Context, copied: "Copied", **more: Any) -> None:
    document = {"file": str(copied.file), **{key: getattr(copied, key) for key in _COPIED[1:]}}
    more = {"registry_schema": copied.schema, "dry_run": context.dry_run, **more}
    more["findings"] = context.finding_documents(copied.findings)
    context.answer(_COPIED, [list(document.values())], {**document, **more})


def _hint_at_schema(context: Context, copied: "Copied") -> None:
    if copied.schema != SCHEMA:
        context.printer.hint("copy-older", found=copied.schema, known=SCHEMA)


@command(prints=True, answer=of("name ran", {"role": str, "statements": [str]}))
def grants(
    context: Context,
    name: str,
    role: Annotated[str, typer.Option()],
    org: Org = None,
    run: Annotated[bool, typer.Option("--run")] = False,
) -> None:
    """Show the statements that give a role of the server its rights, or execute them."""
    from leaguectl.store.grants import ROLES

    chosen = code(role, ROLES)
    statements = actions.registry.grants(context.location, chosen, name, org, run=run)
    document = {"role": chosen, "name": name, "ran": run, "statements": statements}
    if context.as_json:
        context.answer((), (), document)
    elif not run:
        sys.stdout.write(printable("".join(f"{statement};\n" for statement in statements)))
    hint = "grants-ran" if run else "grants-shown"
    context.printer.hint(
        hint, role=context.words.values[chosen], name=name, db=context.location.shown
    )


# -- doctor --------------------------------------------------------------------------------------


@command(prints=True, answer=of("ok", {"checks": [of("check state found", FINDINGS)]}))
def doctor(context: Context) -> None:
    """Examine everything that could make a command fail."""
    checks = _settings(context)
    if all(check.state == "ok" for check in checks):  # with wrong settings nothing else is examined
        called = [words(language).lines["synchronised-folders"] for language in LANGUAGES]
        checks += actions.diagnosis.examine(context.request(), " ".join(called).split())
    rows: list[tuple[Any, ...]] = []
    for check in checks:
        about, state = (
            context.words.heading(check.about),
            context.words.values.get(check.state, check.state),
        )
        if not check.problems:
            rows.append((about, state, context.words.value(check.found), None))
        for problem in check.problems:
            message, fix = context.words.finding(problem, context.printer)
            state = context.words.level(problem)
            rows.append((about, state, message, fix))
    is_wrong = any(check.state == "error" for check in checks)
    document = {"ok": not is_wrong, "checks": [_document(context, check) for check in checks]}
    context.answer(("subject", "state", "found", "fix"), rows, document)
    raise typer.Exit(1 if is_wrong else 0)


def _settings(context: Context) -> list["Check"]:
    """Each setting and where it comes from."""
    from leaguectl.actions.diagnosis import Check

    config = settings.config_path()
    try:
        settings.read_config(), settings.limits(), settings.backups()
    except LeagueError as error:
        return [Check("config", str(config), [Finding(error.code, error.facts)])]
    chosen = {
        "db": (context.location.shown, settings.registry(context.db).origin),
        "actor": (settings.actor().value, settings.actor().origin),
        "lang": (context.language, getattr(settings.setting("lang", context.lang), "origin", "")),
        "today": (context.today, getattr(settings.setting("today"), "origin", "clock")),
    }
    found = str(config) if config.exists() else None
    return [
        Check("config", found),
        *(Check(key, f"{value} ({origin or 'locale'})") for key, (value, origin) in chosen.items()),
    ]


def _document(context: Context, check: "Check") -> dict[str, Any]:
    findings = context.finding_documents(check.problems)
    return {"check": check.about, "state": check.state, "found": check.found, "findings": findings}
