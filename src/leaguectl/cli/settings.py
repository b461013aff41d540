"""Where each setting comes from: option, environment, config file, default, in this order."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leaguectl.causes import why
from leaguectl.findings import LeagueError, NotFound, UsageError
from leaguectl.names import is_text

if TYPE_CHECKING:
    from leaguectl.actions.backups import Policy
    from leaguectl.actions.limits import Limits

KEYS = ("db", "lang", "color", "actor", "today", "headings", "limits", "backup", "key_file")
_ENVIRONMENT = {
    "db": "LEAGUECTL_DB",
    "lang": "LEAGUECTL_LANG",
    "actor": "LEAGUECTL_ACTOR",
    "today": "LEAGUECTL_TODAY",
    "key_file": "LEAGUECTL_KEY_FILE",
}


def own_headings() -> dict[str, Any]:
    """The user's own headings of the config file: ``[headings]`` with ``heading = field``, and
    ``[headings."一中*.xlsx"]`` for the sender of such files.

    :raises UsageError: it is no table.
    """
    headings = read_config().get("headings", {})
    if not isinstance(headings, dict):
        raise UsageError("config-headings", file=str(config_path()))
    return headings


def limits() -> "Limits | None":
    """The user's own bounds of reading, ``[limits]`` of the config file; None where there are none.

    :raises UsageError: one of them is unknown or out of its range.
    """
    config = read_config()
    if "limits" not in config:
        return None
    from leaguectl.actions.limits import limits_of

    return limits_of(config["limits"], str(config_path()))


def backups() -> "Policy | None":
    """When copies are made automatically, ``[backup]`` of the config file; None where there is
    none.

    :raises UsageError: a key is unknown, or a value is not valid.
    """
    config = read_config()
    if "backup" not in config:
        return None
    from leaguectl.actions.backups import policy_of

    return policy_of(config["backup"], str(config_path()))


@dataclass(frozen=True, slots=True)
class Setting:
    """A value and where it came from."""

    value: str
    origin: str


def config_path() -> Path:
    """The config file that is read: ``LEAGUECTL_CONFIG``, else the user's own."""
    if named := os.environ.get("LEAGUECTL_CONFIG"):
        return Path(named).expanduser()
    from platformdirs import user_config_path

    return user_config_path("leaguectl", appauthor=False) / "config.toml"


def read_config() -> dict[str, Any]:
    """The content of the config file; empty where there is none.

    :raises NotFound: ``LEAGUECTL_CONFIG`` names a missing file, or the file cannot be read.
    :raises UsageError: the file is not valid TOML or has an unknown key.
    """
    path = config_path()
    try:
        text = path.read_text(encoding="utf-8-sig")  # an editor may put a mark before the first key
    except (FileNotFoundError, NotADirectoryError):
        if "LEAGUECTL_CONFIG" in os.environ:
            raise NotFound("config-not-found", file=str(path)) from None
        return {}
    except OSError as error:  # it may name another registry than the usual
        raise NotFound("file-not-found", file=str(path), **why(error)) from None
    except UnicodeDecodeError:
        raise UsageError("config-not-toml", file=str(path), detail="UTF-8") from None
    import tomllib

    try:
        config = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError("config-not-toml", file=str(path), detail=str(error)) from None
    if unknown := sorted(config.keys() - set(KEYS)):
        raise UsageError("config-unknown", file=str(path), keys=unknown, known=list(KEYS))
    return config


def setting(name: str, option: str | None = None) -> Setting | None:
    """One setting with its origin; None where nobody set it."""
    # The most specific counts: the option, then the environment, then the file.
    if option is not None:
        return Setting(option, f"--{name}")
    variable = _ENVIRONMENT.get(name)
    if variable and (value := os.environ.get(variable)):
        if name != "db" and not is_text(value):
            raise UsageError("not-text", option=variable)
        return Setting(value, variable)
    config = read_config()
    if name in config:
        return Setting(str(config[name]), str(config_path()))
    return None


def pager() -> str | None:
    """The command line of the user's pager; empty for no pager, None where it is not set."""
    for variable in ("LEAGUECTL_PAGER", "PAGER"):
        if (command := os.environ.get(variable)) is not None:
            return command
    return None


def readable_setting(name: str, option: str | None) -> str | None:
    """The value of a setting that help and errors can do without; None where it is not set. An
    unreadable config file must not hide them: a command that needs the file reports what is wrong
    with it."""
    try:
        chosen = setting(name, option)
    except LeagueError:
        return None
    return chosen.value if chosen else None


def key() -> str | None:
    """The key of encrypted registries: ``LEAGUECTL_KEY``, else what the key file holds; None where
    neither is set.

    :raises NotFound: the key file cannot be read.
    :raises UsageError: there is no key in it.
    """
    if value := os.environ.get("LEAGUECTL_KEY"):
        return value
    named = setting("key_file")
    return key_in(Path(named.value).expanduser()) if named else None


def key_in(file: Path) -> str:
    """The key that a file holds: its first line.

    :raises NotFound: the file cannot be read.
    :raises UsageError: there is no key in it.
    """
    try:
        lines = file.read_text(encoding="utf-8-sig").splitlines()
    except OSError as error:
        raise NotFound("file-not-found", file=str(file), **why(error)) from None
    except UnicodeDecodeError:
        raise UsageError("key-empty", file=str(file)) from None
    if not lines or not lines[0].strip():
        raise UsageError("key-empty", file=str(file))
    return lines[0].strip()


def registry(option: str | None) -> Setting:
    """Where the registry is, by default in the user's data folder."""
    if db := setting("db", option):
        return db
    from platformdirs import user_data_path

    path = user_data_path("leaguectl", appauthor=False) / "league.db"
    return Setting(str(path), "default")


def actor() -> Setting:
    """The actor recorded in an operation: by default the login name."""
    if name := setting("actor"):
        return name
    import getpass

    try:
        # A container may run under a user id without a name.
        return Setting(getpass.getuser(), "login")
    except (OSError, KeyError):
        return Setting("unknown", "default")
