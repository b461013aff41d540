"""Judging many new or unchanged cases at once: a rule is evaluated once for each set of its
inputs."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from leaguectl.model import RuleSubject, Snapshot, age_at
from leaguectl.model.days import age_on
from leaguectl.rules.policy import Policy
from leaguectl.rules.rule import CaseRule, Input, Rule, level_of


def inputs_of(columns: Mapping[str, Sequence[Any]], policy: Policy) -> dict[Input, Sequence[Any]]:
    """The values that rules of entry depend on, in columns with a value for each case.

    ``columns`` has ``birth``, ``joined``, ``joined_precision``, ``number``, ``certificate``,
    ``organization``, ``politics``, ``left`` and ``day``. ``epoch`` stands for the numbers of the
    policy that are in force on the day of joining. Numbers and certificates are reduced to what a
    rule can see of them without the registry, so that a thousand valid numbers of a year are a
    single input.
    """
    joined, numbers, certificates = (columns[name] for name in ("joined", "number", "certificate"))
    births = [*zip(columns["birth"], columns["day"], strict=True)]
    ages = {pair: pair[1] and age_on(*pair) for pair in {*births}}
    epochs = {day: None if day is None else policy.epoch(day) for day in {*joined}}
    return {
        "joined": joined,
        "age at joining": [*map(age_at, joined, columns["joined_precision"], columns["birth"])],
        "epoch": [*map(epochs.__getitem__, joined)],
        "year": [day and day.year for day in joined],
        "number": [*map(_shape_of_number, numbers)],
        "certificate": [*map(_shape_of_certificate, certificates, numbers)],
        "organization": columns["organization"],
        "left": [day is not None for day in columns["left"]],
        "politics": columns["politics"],
        "age": [*map(ages.__getitem__, births)],
    }


def _shape_of_number(number: str | None) -> tuple[int, str, bool] | None:
    """Its length, its year and province, and whether it is all digits."""
    if number is None:
        return None
    return len(number), number[:6], number.isascii() and number.isdigit()


def _shape_of_certificate(
    certificate: str | None, number: str | None
) -> tuple[int, bool, bool] | None:
    """Its length, whether it is all digits, and whether it equals the number."""
    if certificate is None:
        return None
    are_digits = certificate.isascii() and certificate.isdigit()
    return len(certificate), are_digits, certificate == number


class BatchJudge:
    """Judges many cases of people who are new to the registry, or known exactly as the case has
    them.

    For such a case a rule sees only its inputs (``depends_on``), so cases with equal inputs get the
    same verdict: one of them is judged, and the verdict is kept for later blocks. Rules are
    grouped: a rule with few inputs joins a rule whose inputs include them.
    """

    def __init__(self, rules: Iterable[Rule[CaseRule]], snapshot: Snapshot, policy: Policy) -> None:
        self._snapshot, self._policy = snapshot, policy
        self._groups: dict[tuple[Input, ...] | None, list[Rule[CaseRule]]] = {}
        self._clean: dict[tuple[Input, ...], set[Any]] = {}
        """The sets of inputs that have no violation, by group."""
        self._faulty: dict[tuple[Input, ...], set[Any]] = {}
        in_force = [rule for rule in rules if level_of(rule, policy) is not None]
        for rule in sorted(in_force, key=lambda rule: -len(rule.depends_on or ())):
            self._groups.setdefault(self._group_of(rule), []).append(rule)

    def _group_of(self, rule: Rule[CaseRule]) -> tuple[Input, ...] | None:
        names = rule.depends_on
        if names is None:
            return None
        return next((group for group in self._groups if group and {*names} <= {*group}), names)

    def cases_with_verdicts(
        self,
        inputs: Mapping[Input, Sequence[Any]],
        case_at: Callable[[int], RuleSubject],
        indexes: Sequence[int],
    ) -> Iterator[int]:
        """The indexes of the cases with a violation, some of them more than once.

        :param inputs: what :func:`inputs_of` gives for all cases.
        :param case_at: makes the case at an index; it is called for few of them.
        """
        for names, rules in self._groups.items():
            if names is None:
                yield from (index for index in indexes if self._has_verdict(rules, case_at(index)))
                continue
            # A rule without inputs has the same verdict for everybody: () is the key of all.
            rows = [*zip(*(inputs[name] for name in names), strict=True)] if names else None
            keys = [rows[index] for index in indexes] if rows else [()] * len(indexes)
            clean = self._clean.setdefault(names, set())
            faulty = self._faulty.setdefault(names, set())
            new = {*keys} - clean - faulty
            examples = {key: index for key, index in zip(keys, indexes, strict=True) if key in new}
            for key, index in examples.items():
                (faulty if self._has_verdict(rules, case_at(index)) else clean).add(key)
            if faulty:
                yield from (
                    index for index, key in zip(indexes, keys, strict=True) if key in faulty
                )

    def _has_verdict(self, rules: Iterable[Rule[CaseRule]], case: RuleSubject) -> bool:
        for rule in rules:
            for _ in rule.check(case, self._snapshot, self._policy):
                return True
        return False
