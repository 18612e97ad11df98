"""The line to the module in the fixture."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from app.core.errors import Reason


@dataclass(frozen=True, slots=True)
class Exchange:
    """One question to a module and what came back, byte for byte as latin-1 text."""

    command: str
    reply: str


@dataclass(frozen=True, slots=True)
class ModuleReading:
    """An IMEI that the module gave twice in a row to the same command. Its check digit may be wrong."""

    imei: str
    command: str
    exchanges: tuple[Exchange, ...] = ()


@dataclass(frozen=True, slots=True)
class ModuleTrouble:
    """No IMEI could be read; `reason` says what was seen instead."""

    reason: Reason
    exchanges: tuple[Exchange, ...] = ()


class LinkState(StrEnum):
    """What the status strip says of the module's port."""

    NONE = "none"
    """No port is chosen and none was found."""
    ABSENT = "absent"
    """The chosen port is not there."""
    SILENT = "silent"
    """The port is open, nothing answers."""
    ANSWERING = "answering"
    """A module answers AT."""
    TROUBLE = "trouble"
    """The port cannot be used (busy, denied)."""


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """The port as the link last saw it."""

    state: LinkState
    port: str = ""
    reason: Reason | None = None


class FixtureListener(Protocol):
    """Who hears from the fixture. Called on the link's own thread: post and return."""

    def module_answered(self, ask: int | None, reading: ModuleReading) -> None:
        """`ask` is the question's number; None where the module came by itself, or another took its place."""
        ...

    def module_failed(self, ask: int, trouble: ModuleTrouble) -> None: ...

    def module_gone(self) -> None:
        """The port went, or the module that answered fell silent."""
        ...

    def link_changed(self, status: LinkStatus) -> None: ...


class Fixture(Protocol):
    """The module's port, watched by a thread of its own."""

    def start(self, listener: FixtureListener) -> None: ...

    def ask(self, ask: int, within: float) -> None:
        """Read the IMEI afresh, twice. Answers `module_answered` or `module_failed` with this number within
        the given seconds; a newer question replaces an older one, which is then never answered."""
        ...

    def stop(self) -> None: ...
