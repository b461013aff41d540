"""The registry itself: make it, set its policy, and record who looked at what is masked."""

import hashlib
from pathlib import Path

from leaguectl import __version__
from leaguectl.actions import Request
from leaguectl.findings import NotFound, UsageError
from leaguectl.rules import load
from leaguectl.store import Location
from leaguectl.store.reading import open_reader
from leaguectl.store.schema import Operation
from leaguectl.store.writing import Store


def init(
    request: Request, name: str | None, province: str | None, policy: Path | None
) -> dict[str, str]:
    """Make an empty registry; what it was told about itself.

    :raises UsageError: the policy file is not valid.
    :raises DatabaseUnavailable: there is a registry already.
    """
    settings = {"name": name or "", "province": province or ""}
    if policy is not None:
        settings["policy"] = _policy(policy)
    settings = {key: value for key, value in settings.items() if value}
    if not request.dry_run:
        Store(request.location).create(settings)
    return settings


def set_policy(request: Request, policy: Path) -> int | None:
    """Lay a county's own file over the packaged numbers from now on; the operation that records it,
    None in a dry run.

    :raises NotFound: the file cannot be read.
    :raises UsageError: it is not valid.
    """
    text = _policy(policy)
    if request.dry_run:
        return None
    digest = hashlib.sha256(text.encode()).hexdigest()
    with Store(request.location).write() as transaction:
        transaction.put_settings({"policy": text})
        return transaction.record(_operation(request, {"file": policy.name, "sha256": digest}, {}))


def policy_text(location: Location) -> str:
    """The county's own file as it was laid over; nothing where there is none."""
    with open_reader(location) as reader:
        found = reader.rows("SELECT value FROM setting WHERE key = 'policy'")
    return str(found[0][0]) if found else ""


def _policy(path: Path) -> str:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise NotFound("file-not-found", file=str(path), detail=error.strerror) from None
    except UnicodeDecodeError:
        raise UsageError("policy-not-toml", detail="UTF-8") from None
    load(text)
    return text


def upgrade(request: Request) -> tuple[str, str]:
    """Bring an older registry to the present schema; the schema before and after."""
    return Store(request.location).upgrade()


def record_reveal(request: Request, about: str, count: int) -> int:
    """Write down who saw masked values, why, and of how many people; never the values."""
    operation = _operation(request, {"revealed": about}, {"people": count})
    with Store(request.location).write() as transaction:
        return transaction.record(operation)


def _operation(request: Request, source: dict[str, str], counts: dict[str, int]) -> Operation:
    """An operation that changes no noun."""
    return Operation(
        at=request.at,
        actor=request.actor,
        command=request.command,
        reason=request.reason,
        authority=request.authority,
        sources=[source],
        counts=counts,
        version=__version__,
    )
