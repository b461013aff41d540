"""The registry itself: make it, and record who looked at what is masked."""

from pathlib import Path

from leaguectl import __version__
from leaguectl.findings import NotFound, Usage
from leaguectl.operations import Request
from leaguectl.rules import load
from leaguectl.store.shelf import Operation
from leaguectl.store.writing import Store


def init(
    request: Request, name: str | None, province: str | None, policy: Path | None
) -> dict[str, str]:
    """Make an empty registry; what it was told about itself.

    :raises Usage: the policy file is not valid.
    :raises Unusable: there is a registry already.
    """
    settings = {"name": name or "", "province": province or ""}
    if policy is not None:
        try:
            settings["policy"] = policy.read_text(encoding="utf-8")
        except OSError as error:
            raise NotFound("file-not-found", file=str(policy), detail=error.strerror) from None
        except UnicodeDecodeError:
            raise Usage("policy-not-toml", detail="UTF-8") from None
        load(settings["policy"])
    settings = {key: value for key, value in settings.items() if value}
    if not request.dry_run:
        Store(request.location).create(settings)
    return settings


def upgrade(request: Request) -> tuple[str, str]:
    """Bring an older registry to the present schema; the schema before and after."""
    return Store(request.location).upgrade()


def record_reveal(request: Request, about: str, count: int) -> int:
    """Write down who saw masked values, why, and of how many people; never the values."""
    operation = Operation(
        at=request.at,
        actor=request.actor,
        command=request.command,
        reason=request.reason,
        sources=[{"revealed": about}],
        counts={"people": count},
        version=__version__,
    )
    with Store(request.location).write() as shelf:
        return shelf.record(operation)
