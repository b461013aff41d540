"""The registry itself: init, counties, upgrade, check, rules, explain, policy, config."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from leaguectl import actions, reports
from leaguectl.cli import settings
from leaguectl.cli.answers import COUNTS, FINDINGS, of, written
from leaguectl.cli.context import Context
from leaguectl.cli.framework import command
from leaguectl.cli.options import Day, Org, Province, day
from leaguectl.cli.render import (
    Answer,
    chinese,
    counted,
    field_label,
    show_findings,
    show_outcome,
    show_rows,
    tell_of_forms,
    word,
)
from leaguectl.cli.settings import Setting
from leaguectl.findings import Finding, Level, UsageError
from leaguectl.output import printable
from leaguectl.screen import CARD

if TYPE_CHECKING:
    from leaguectl.output import Printer
    from leaguectl.reports.rulebook import Rulebook, RuleInForce, RuleNumber

_RULE = "code book level level_from sentence source"
_PART = of("of field", {"value": object})


# -- made, upgraded ------------------------------------------------------------------------------


@command(writes=True, is_operation=False, answer={})
def init(
    context: Context,
    name: str | None = None,
    province: Province = None,
    policy: Path | None = None,
) -> None:
    """Make an empty registry."""
    actions.registry.init(context.request(), name, province, policy, _commands())
    context.made = None if context.dry_run else context.location.shown
    code = "registry-would" if context.dry_run else "registry-made"
    context.printer.hint(code, db=context.location.shown)
    if not context.dry_run:
        context.printer.hint("next", steps=context.words.line("next.init"))
    _answer_without_rows(context)


def _answer_without_rows(context: Context, **more: Any) -> None:
    """The JSON answer of a command that writes no row and so is not an operation."""
    if context.as_json:
        document = {"operation": None, "dry_run": context.dry_run, **more, "findings": []}
        context.answer((), (), document)


@command(writes=True, is_operation=False, answer=of("", {"before": str, "after": str}))
def upgrade(context: Context) -> None:
    """Bring an older registry to the present schema."""
    before, after = actions.registry.upgrade(context.request())
    context.made = None if context.dry_run else context.location.shown
    schemas = {"before": before, "after": after}
    changed = "upgrade-would" if context.dry_run else "upgraded"
    code = "upgrade-none" if before == after else changed
    context.printer.hint(code, db=context.location.shown, **schemas)
    _answer_without_rows(context, **schemas)


@command(
    prints=True,
    answer=of("", {"rows": [of("name registry organizations members last_operation at")]}),
)
def counties(context: Context, pattern: Annotated[str, typer.Argument()] = "*") -> None:
    """The registries of a server or a folder."""
    from leaguectl.store.registries import registries

    rows = []
    for place in registries(context.location, pattern):
        with context.reading_at(place) as reader:
            rows.append(reports.counties.summary(reader, place.shown, context.today))
    keys = ("name", "registry", "organizations", "members", "last_operation", "at")
    show_rows(context, keys, rows, {"name": "county", "organizations": "organization"})


# -- rules ---------------------------------------------------------------------------------------


@command(
    prints=True,
    writes=True,
    answer=(
        of("accepted", {**FINDINGS, "counts": COUNTS}),
        written(("rule_code", "subject", "reason", "accepted_until"), {}),
    ),
)
def check(
    context: Context,
    codes: Annotated[list[str] | None, typer.Argument()] = None,
    strict: bool = False,
    org: Org = None,
    on: Annotated[str | None, typer.Option("--on", "--as-of")] = None,
    policy_of: str | None = None,
    new: bool = False,
    accepted: bool = False,
    until: str | None = None,
) -> None:
    """Check everything stored against the rules, or accept what a rule finds."""
    query = actions.registry.CheckDays(context.today, _day(on), _day(policy_of))
    if codes and codes[0] == "accept":
        _accept(context, codes[1:], _day(until), query, org)
        return
    found = actions.registry.check(context.location, codes or (), query)
    by_state = actions.accepting.sort(context.location, found, context.today)
    findings = by_state.accepted if accepted else by_state.open
    findings = _of(context, org, query.on, findings)
    if new:
        findings = actions.accepting.new_since_last(context.location, findings)
    if not (codes or on or policy_of or accepted or org):
        actions.accepting.remember(context.location, by_state.open)
    if strict:  # for scripts that accept no open findings at all
        findings = [replace(finding, level=Level.ERROR) for finding in findings]
    counts = counted(findings)
    # No output means that all is well; a script that reads JSON gets an empty list.
    if findings and context.printer.is_drawn:
        show_findings(context, findings, sys.stdout)
    elif findings or context.as_json:
        documents = context.finding_documents(findings)
        keys = ("level", "code", "subject", "message", "fix")
        rows = [[word(context, key, document[key]) for key in keys] for document in documents]
        answer = {"findings": documents, "counts": counts, "accepted": len(by_state.accepted)}
        headings = ["rule_code" if key == "code" else key for key in keys]
        context.answer(headings, rows, answer)
    if findings:
        context.printer.hint("check-counts", **counts)
    if not accepted and (not codes or "form-unfiled" in codes):
        tell_of_forms(context, is_asked=bool(codes))
    if by_state.accepted and not accepted and context.verbose:
        context.printer.hint("check-accepted", count=len(by_state.accepted))
    raise typer.Exit(1 if counts["error"] and not accepted else 0)


def _of(
    context: Context, org: str | None, day: date | None, findings: list[Finding]
) -> list[Finding]:
    """The findings about an organisation and all below it on a day; all findings where none is
    given."""
    if org is None:
        return findings
    with context.reading_of(org) as (reader, top):
        return reports.organizations.concerning(reader, findings, top, day)


def _accept(
    context: Context, words: list[str], until: date | None, days: "actions.registry.CheckDays",
    org: str | None,
) -> None:  # fmt: skip
    """Accept a finding."""
    if len(words) != 2:
        raise UsageError("accept-what")
    code, who = words
    outcome = actions.accepting.accept(context.request(), code, who, until, days, org)
    show_outcome(context, ("rule_code", "subject", "reason", "accepted_until"), outcome)


@command(
    prints=True,
    answer=(
        of("head"),
        of(
            "ok head operations digest",
            {**FINDINGS, "rewritten": object, "paper?": of("seal at cells")},
        ),
    ),
)
def verify(
    context: Context,
    file: Annotated[Path | None, typer.Argument()] = None,
    head: bool = False,
    seal: Annotated[list[str] | None, typer.Option()] = None,
) -> None:
    """Verify that nothing was altered outside the program."""
    if head and not seal:
        current = actions.registry.seal(context.location)
        if context.as_json:
            context.answer((), (), {"head": current})
        else:
            context.printer.value(current)
        return
    if file is None:
        proof, paper = actions.registry.verify(context.location, seal or ()), None
    else:
        proof, paper = actions.sealed.verify_paper(
            context.location, file, chinese, lambda revealed: _printer(context, revealed).cell
        )
    facts = {"head": proof.head or "-", "operations": proof.operations}
    found = context.finding_documents(proof.findings)
    keys = ("subject", "message", "fix")
    is_altered = any(finding.is_error for finding in proof.findings)
    if found or context.as_json:
        rewritten = {str(by): sorted(earlier) for by, earlier in proof.rewritten.items()}
        answer = {
            "ok": not is_altered, **facts, "digest": proof.digest, "findings": found,
            "rewritten": rewritten,
        }  # fmt: skip
        if paper is not None:
            answer["paper"] = {"seal": paper.seal, "at": paper.at, "cells": paper.cells}
        rows = [[document[key] for key in keys] for document in found]
        context.answer(keys, rows, answer)
    context.printer.hint("verify-counts" if is_altered else "verified", count=len(found), **facts)
    for by, earlier in proof.rewritten.items():
        context.printer.hint("verify-rewritten", operation=by, earlier=sorted(earlier))
    if paper is not None and not is_altered:
        facts = {"seal": paper.seal, "at": paper.at, "cells": paper.cells}
        context.printer.hint("paper-agrees", file=file, **facts)
    raise typer.Exit(1 if is_altered else 0)


def _printer(context: Context, revealed: bool) -> "Printer":
    """The printer of a paper: its values are not shown, only compared cell by cell."""
    return replace(context.printer, reveal=revealed)


def _day(text: str | None) -> date | None:
    return None if text is None else day(text)


@command(prints=True, answer=of("", {"rules": [of(_RULE)]}))
def rules(context: Context) -> None:
    """The rules."""
    values, lines = context.words.values, context.words.lines
    in_force = _rulebook(context).rules(context.today)
    rows = [
        (
            rule.rule.code,
            values[rule.book],
            lines[rule.level],
            rule.rule.sentence_in(context.language),
        )
        for rule in in_force
    ]
    document = {"rules": [_brief(rule, context.language) for rule in in_force]}
    context.answer(("rule_code", "book", "level", "sentence"), rows, document)


@command(
    prints=True,
    answer=of(
        "day",
        {
            "rule": of(
                f"{_RULE} fix",
                {
                    "numbers": [of("key since from source", {"value": object})],
                    "example": of("policy message", {"right": [_PART], "wrong": [_PART]}),
                },
            ),
        },
    ),
)
def explain(context: Context, code: str, day: Day = None) -> None:
    """One rule."""
    day = day or context.today
    rule = _rulebook(context).rule(code, day)
    document = {"day": day, "rule": _in_full(rule, context.printer)}
    rows = rule_lines(rule, context.printer)
    context.answer(CARD, rows, document)


def _rulebook(context: Context) -> "Rulebook":
    """The rule book of the registry, the packaged one where there is none."""
    if context.location.is_missing:
        return reports.rulebook.Rulebook.of(None)
    with context.reading() as reader:
        return reports.rulebook.Rulebook.of(reader)


def _brief(rule: "RuleInForce", language: str) -> dict[str, Any]:
    return {
        "code": rule.rule.code, "book": rule.book, "level": rule.level,
        "level_from": rule.origin, "sentence": rule.rule.sentence_in(language),
        "source": rule.rule.source,
    }  # fmt: skip


def _in_full(rule: "RuleInForce", printer: "Printer") -> dict[str, Any]:
    """A rule as JSON has it."""
    message, fix = printer.words.finding(rule.finding, printer)
    sides: dict[str, list[dict[str, Any]]] = {"right": [], "wrong": []}
    for entity, field, *values in rule.example.differences():
        for side, value in zip(sides, values, strict=True):
            sides[side].append({"of": entity, "field": field, "value": _in_order(value)})
    return {
        **_brief(rule, printer.words.language),
        "numbers": [
            {"key": number.key, "value": _in_order(number.value), "since": number.since,
             "from": number.origin, "source": number.source}
            for number in rule.numbers
        ],
        "example": {**sides, "policy": rule.example.policy or None, "message": message},
        "fix": fix,
    }  # fmt: skip


def rule_lines(rule: "RuleInForce", printer: "Printer") -> list[tuple[str, str]]:
    """A rule for people: headings and texts."""
    words = printer.words
    message, fix = words.finding(rule.finding, printer)
    level = f"{words.lines[rule.level]} ({words.values[f'by {rule.origin}']})"
    lines = [
        ("rule_code", rule.rule.code),
        ("book", words.values[rule.book]),
        ("sentence", rule.rule.sentence_in(words.language)),
        ("level", level),
        ("source", rule.rule.source),
    ]
    lines += [("in_force", _number(number, printer)) for number in rule.numbers]
    if rule.example.policy:
        lines.append(("example_policy", " · ".join(rule.example.policy.split("\n")).strip(" ·")))
    sides: dict[str, list[str]] = {"right": [], "wrong": []}
    for entity, field, *values in rule.example.differences():
        for side, value in zip(sides, values, strict=True):
            heading = field_label(words, entity, field)
            if entity not in ("", "case", field):
                heading = f"{words.term(entity, printer)}: {heading}"
            sides[side].append(f"{heading} {_on_one_line(value, printer)}")
    lines += [(side, "; ".join(texts)) for side, texts in sides.items()]
    lines += [("message", message), ("fix", fix)]
    return [(words.heading(key), text) for key, text in lines]


def _number(number: "RuleNumber", printer: "Printer") -> str:
    return printer.words.line(
        "figure-in-force",
        key=number.key,
        value=_on_one_line(number.value, printer),
        since=number.since.isoformat(),
        source=number.source,
        origin=printer.words.values[f"by {number.origin}"],
    )


def _in_order(value: Any) -> Any:
    """A value of the rule book; sets get an order, so that answers are always the same."""
    return sorted(value) if isinstance(value, frozenset) else value


def _on_one_line(value: Any, printer: "Printer") -> str:
    """A value of the rule book as text."""
    if value is None or value in ((), frozenset(), ""):
        return printer.words.lines["none"]
    if isinstance(value, dict):
        parts = [f"{_on_one_line(key, printer)} {part}" for key, part in value.items()]
        return printer.words.lines["comma"].join(parts)
    return printer.words.term(_in_order(value), printer)


@command(writes=True, answer={"rows": []})
def policy_set(
    context: Context,
    setting: str,
    value: Annotated[str | None, typer.Argument()] = None,
    day: Day = None,
) -> Answer:
    """Set the county's own policy, which overrides the packaged one: a file, or one number."""
    if value is None:
        return actions.registry.set_policy(context.request(), Path(setting), _commands())
    return actions.registry.set_number(
        context.request(), setting, value, day or context.today, _commands()
    )


def _commands() -> set[str]:
    """Every command as it is typed, since a policy may name commands."""
    from leaguectl.cli.app import COMMANDS

    return {
        path
        for name, target in COMMANDS.items()
        for path in ([name] if isinstance(target, str) else [f"{name} {sub}" for sub in target])
    }


@command(prints=True, answer=of("policy"))
def policy_show(context: Context) -> None:
    """The county's own policy file."""
    text = actions.registry.policy_text(context.location)
    if context.as_json:
        context.answer((), (), {"policy": text})
    else:
        sys.stdout.write(printable(text) if sys.stdout.isatty() else text)
    if not text:
        context.printer.hint("policy-packaged")


# -- settings ------------------------------------------------------------------------------------


@command(prints=True, answer={"settings": {"*": of("origin", {"value": object})}})
def config_show(context: Context) -> None:
    """Each setting and where it comes from."""
    path = str(settings.config_path())
    limits = actions.limits.shown(settings.limits() or actions.limits.USUAL)
    of_file = {f"limits.{key}" for key in settings.read_config().get("limits", ())}
    lang = settings.setting("lang", context.lang)
    values = {
        "config": Setting(path, ""),
        "db": settings.registry(context.db),
        "lang": Setting(context.language, lang.origin if lang else "locale"),
        "color": settings.setting("color", context.color) or Setting("auto", "default"),
        "actor": settings.actor(),
        **({"key_file": key_file} if (key_file := settings.setting("key_file")) else {}),
        "today": settings.setting("today") or Setting(context.today.isoformat(), "clock"),
        **{
            key: Setting(str(value), path if key in of_file else "default")
            for key, value in limits.items()
        },
    }
    document = {
        "settings": {
            key: {"value": setting.value, "origin": setting.origin}
            for key, setting in values.items()
        }
    }
    rows = [(key, setting.value, context.words.value(setting.origin))
            for key, setting in values.items()]  # fmt: skip
    context.answer(("setting", "value", "origin"), rows, document)
