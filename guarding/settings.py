"""The settings of signing in, audit, limits and operations, read from the environment.

A value that a setting cannot have is an error, never its default: a slip in `FINDINGS_SIGN_IN` must
not leave the door open.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from indexer.errors import SettingsError

Audited = Literal["off", "on", "required"]


@dataclass(frozen=True, slots=True)
class Rights:
    """Who is what, of those who have signed in.

    `claim` names the claim that holds roles, a dot leading into it; `readers`, `editors` and
    `administrators` are subjects, verified e-mail addresses or domains ("@example.org"). No
    readers named: everyone whom the provider signs in may read.
    """

    claim: str = ""
    editor_role: str = "editor"
    administrator_role: str = "administrator"
    readers: frozenset[str] = frozenset()
    editors: frozenset[str] = frozenset()
    administrators: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class AuditSettings:
    """Whether what is done is written down, where, for how many days, in files of how many bytes.

    `has_questions`: the questions' texts are kept; else a keyed hash of each.
    """

    state: Audited
    folder: Path
    has_questions: bool = True
    days: int = 90
    largest: int = 10_000_000


@dataclass(frozen=True, slots=True)
class Settings:
    """All of them. Rates are a minute's; 0 stands for no limit."""

    is_sign_in_required: bool
    sign_in_hours: int
    rights: Rights
    audit: AuditSettings
    questions: int
    questions_of_all: int
    windows: int
    has_metrics: bool
    has_json_logs: bool
    is_https: bool


def read_settings(root: Path, environment: Mapping[str, str] = os.environ) -> Settings:
    """The settings; folders are relative to `root`. Raises SettingsError naming the wrong one."""
    read = _Reader(environment)
    is_required = read.word("SIGN_IN", "off", "required") == "required"
    # Where nobody signs in an entry can name no one: a list of questions on an officer's own
    # computer that nobody asked for. Where people sign in, somebody answers for what is done.
    state = read.word("AUDIT", *(("on", "off") if is_required else ("off", "on")), "required")
    return Settings(
        is_sign_in_required=is_required,
        sign_in_hours=read.number("SIGN_IN_HOURS", 12, 1, 24 * 30),
        rights=Rights(
            claim=read.text("ROLE_CLAIM", ""),
            editor_role=read.text("EDITOR_ROLE", "editor"),
            administrator_role=read.text("ADMINISTRATOR_ROLE", "administrator"),
            readers=read.names("READERS"),
            editors=read.names("EDITORS"),
            administrators=read.names("ADMINISTRATORS"),
        ),
        audit=AuditSettings(
            state=_audited(state),
            folder=root / read.text("AUDIT_FOLDER", "audit"),
            has_questions=read.word("AUDIT_QUESTIONS", "kept", "hashed") == "kept",
            days=read.number("AUDIT_DAYS", 90, 1, 3660),
            largest=read.number("AUDIT_MB", 10, 1, 1000) * 1_000_000,
        ),
        questions=read.number("QUESTIONS_PER_MINUTE", 30, 0, 100_000),
        questions_of_all=read.number("QUESTIONS_PER_MINUTE_OF_ALL", 600, 0, 1_000_000),
        windows=read.number("WINDOWS", 300, 0, 100_000),
        has_metrics=read.word("METRICS", "off", "on") == "on",
        has_json_logs=read.word("LOG", "plain", "json") == "json",
        is_https=read.word("HTTPS", "off", "on") == "on",
    )


def _audited(state: str) -> Audited:
    return "required" if state == "required" else "on" if state == "on" else "off"


@dataclass(frozen=True, slots=True)
class _Reader:
    environment: Mapping[str, str]

    def text(self, name: str, otherwise: str) -> str:
        return self.environment.get(f"FINDINGS_{name}", "").strip() or otherwise

    def word(self, name: str, *allowed: str) -> str:
        """One of `allowed`, the first of which is the default."""
        said = self.text(name, allowed[0]).casefold()
        if said not in allowed:
            raise SettingsError(
                f"The setting FINDINGS_{name} is {said[:40]!r}; it can be {' or '.join(allowed)}."
            )
        return said

    def number(self, name: str, otherwise: int, least: int, most: int) -> int:
        said = self.text(name, str(otherwise))
        value = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else -1
        if not least <= value <= most:
            raise SettingsError(
                f"The setting FINDINGS_{name} is {said[:40]!r}; it can be a whole number from "
                f"{least:,} to {most:,}."
            )
        return value

    def names(self, name: str) -> frozenset[str]:
        """Names between commas, in small letters."""
        said = self.text(name, "")
        return frozenset(each.strip().casefold() for each in said.split(",") if each.strip())
