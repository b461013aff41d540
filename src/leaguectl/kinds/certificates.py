"""Certificates (团员证): a row is a certificate that was replaced, recalled or issued on a known
day.

A roster has the serial that is valid now; only this sheet takes earlier certificates from one
registry to another.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Annotated, ClassVar

from pydantic import BeforeValidator

from leaguectl.kinds import cells, choices
from leaguectl.kinds.batch import Batch, Block, Item, RowPlan
from leaguectl.kinds.kind import ALWAYS, Kind, line_values, person_values, touch_people, values_of
from leaguectl.kinds.line import Line, optional, required
from leaguectl.kinds.papers import was_never_member
from leaguectl.model import Certificate, Keys, Person, Snapshot, is_known

STATES = {"valid": ("有效",), "replaced": ("已换发",), "recalled": ("已收回",)}

State = Annotated[str, BeforeValidator(choices.Choice(STATES))]


class CertificateLine(Line):
    """One certificate of a person."""

    kind = "certificates"
    keys: ClassVar = frozenset({"name", "id_number"})
    name: cells.Name = required("姓名 | name | 团员姓名")
    id_number: cells.IdNumber = required()
    serial: cells.Serial = required("团员证流水号 | certificate serial")
    state: State = required("团员证状态 | certificate state")
    issued: cells.AnyDay | None = optional("颁发日期 | issued", example=date(2023, 5, 4))
    copies: cells.Count | None = optional("颁发次数 | copies", example=1)
    replaces: cells.Serial | None = optional("换发自 | replaces")
    reason: cells.Text | None = optional("换发收回原因 | reason")


def plan_certificate(item: Item[CertificateLine], batch: Batch) -> RowPlan:
    """Enter the certificate, or complete it; a person has only one valid certificate."""
    line, snapshot = item.line, batch.snapshot
    row_plan = RowPlan(item)
    batch.once(row_plan, "serial", line.serial)
    if is_known(line.issued):
        batch.refuse_ahead(row_plan, line.issued.date, "issued")
    stored_person, person = batch.person(row_plan, line)
    stored = snapshot.certificates.get(line.serial)
    if stored is not None and stored.person != person.id:
        known = snapshot.known_as(stored.person)
        row_plan.fault("one-certificate", "serial", certificate=line.serial, holder=known)
    if was_never_member(person.id, snapshot):
        row_plan.fault("member-never", "name")
    valid = snapshot.certificate_of(person.id)
    if line.state == "valid" and valid not in (None, line.serial):
        batch.differs(row_plan, "serial", valid, line.serial)
    if row_plan.is_refused:
        return row_plan
    values = values_of(line, Certificate)
    row_plan.creates = stored is None
    row_plan.put(stored_person, person)
    if line.state == "valid" and valid not in (None, line.serial):
        # As by `certificate reissue`: a person has only one valid certificate, so the former one is
        # ended first.
        former = snapshot.certificates[valid]
        row_plan.put(former, replace(former, state="replaced"))
        values |= {"replaces": line.replaces or valid} if stored is None else {}
    marked = batch.snapshot.paper_state_of(person.id, "certificate")
    if line.state == "valid" and marked is not None:
        row_plan.remove(marked)  # its serial is known from now on
    if stored is None:
        row_plan.put(None, replace(Certificate(line.serial, person.id), **values))
    else:
        row_plan.put(stored, batch.settle(row_plan, stored, values))
    return row_plan


def certificate_lines(snapshot: Snapshot) -> Iterator[tuple[str | None, CertificateLine]]:
    """The rows for every certificate with more than a roster can show, replaced ones first."""
    ordered = sorted(snapshot.certificates.values(), key=lambda paper: paper.state == "valid")
    for certificate in ordered:
        if certificate == Certificate(
            certificate.serial, certificate.person, operation=certificate.operation
        ):
            continue
        membership = snapshot.membership(certificate.person)
        values = person_values(CertificateLine, snapshot.persons[certificate.person], snapshot)
        values |= line_values(CertificateLine, certificate, snapshot)
        yield (
            membership.organization if membership else None,
            CertificateLine.model_construct(**values),
        )


def _keys(block: Block[CertificateLine], keys: Keys) -> None:
    touch_people(block, keys)
    for column in ("serial", "replaces"):
        keys.certificates |= {serial for serial in block.column(column) if serial}


KIND = Kind(
    CertificateLine,
    plan_certificate,
    certificate_lines,
    {Person: ALWAYS, Certificate: ALWAYS},
    _keys,
    is_carried=True,
)
