"""Every setting of a station, its default and its range."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.core.errors import Refused, Why, because
from app.core.payload import PLATFORM_FORMAT
from app.core.template import parse_template
from app.core.unit import ImeiSource, Rules
from app.core.upload_plan import UploadPlan

DEFAULT_SINGLE = "roll-50x30"
"""The layout of single labels."""
AUTOMATIC_PORT = "auto"
"""The AT port of whatever known module is there."""

_PLATFORM = re.compile(r"|\w+|https://.+|http://(localhost|127\.[0-9.]+|\[::1\])([:/].*)?", re.IGNORECASE)
_PROXY = re.compile("|none|https?://.+", re.IGNORECASE)
"""Whether it is one in every respect is seen when it is used."""

BACKUPS_KEPT = (1, 1000)
"""How few and how many may stay."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a supervisor chooses for one station.

    Raises:
        Refused: a value is outside its range; the reason names the setting.
    """

    station: str = ""
    """Empty means the computer's name."""
    language: str = ""
    """One of the complete languages; empty means the computer's."""
    port: str = AUTOMATIC_PORT
    """A device name, a `socket://` or `rfc2217://` address, `AUTOMATIC_PORT`, or empty for none."""
    baud: int = 115200
    assert_dtr_rts: bool = True
    """Off for fixtures that wire DTR or RTS to PWRKEY or RESET."""
    imei_from: ImeiSource = ImeiSource.EITHER
    sign_in: bool = True
    """Off in a single-person workshop: then nobody signs in, and every record says so."""
    idle_minutes: int = 0
    """Nobody stays signed in for longer without a scan; 0 means as long as they like."""
    undo_minutes: int = 5
    formats: tuple[str, ...] = ()
    """Payload templates besides the platform's."""
    half_seconds: int = 60
    read_seconds: int = 25
    scan_gap_ms: int = 50
    volume: int = 80
    """Percent; faults are never quieter than 20."""
    backups_kept: int = 14
    """How many backups stay in the station's folder."""
    label_after_pass: bool = False
    """A label of each unit is printed as soon as it is bound."""
    label_layout: str = DEFAULT_SINGLE
    """The layout of those labels, by its name."""
    label_printer: str = ""
    """Where they go: `tcp://HOST` or a device for ZPL, else the name of one of the system's printers."""
    second_backup_folder: str = ""
    """Where each backup goes as well, which may be a share; nothing is ever taken away there. A relative one
    is taken from the station's folder. Empty for nowhere."""

    data_centre: str = ""
    """Where bindings are uploaded to: `china`, `europe`, or another one's base URL. Empty for nowhere."""
    upload_proxy: str = ""
    """`http://host:port`, `none`, or empty for the system's. Without a password: this stands in a file."""
    upload_ca_file: str = ""
    """PEM certificates that are trusted for the upload besides the system's."""
    upload_at_shift_close: bool = False
    upload_minutes: int = 0
    """The station uploads by itself after so many minutes; 0 means that it does not."""

    def __post_init__(self) -> None:
        for name, low, high in _RANGES:
            if not low <= getattr(self, name) <= high:
                raise Refused(because(Why.SETTING_REFUSED, setting=name, low=low, high=high))
        for template in self.formats:
            parse_template(template)
        if "@" in self.upload_proxy or not _PROXY.fullmatch(self.upload_proxy):
            raise Refused(because(Why.PLATFORM_PROXY_URL))
        if "@" in self.data_centre or not _PLATFORM.fullmatch(self.data_centre.strip()):
            raise Refused(because(Why.PLATFORM_URL, url=self.data_centre.rpartition("@")[2]))

    def rules(self) -> Rules:
        """What these settings mean for binding; whether there is a port is seen, not set."""
        return Rules(
            formats=(PLATFORM_FORMAT, *(parse_template(template) for template in self.formats)),
            imei_from=self.imei_from,
            half_seconds=float(self.half_seconds),
            read_seconds=float(self.read_seconds),
            idle_seconds=self.idle_minutes * 60.0,
            undo_seconds=self.undo_minutes * 60.0,
        )

    def upload_plan(self) -> UploadPlan:
        platform = self.data_centre.removeprefix("https://").removeprefix("http://")
        return UploadPlan(platform, self.upload_at_shift_close, self.upload_minutes * 60.0)


_RANGES = (
    ("baud", 300, 4_000_000),
    ("half_seconds", 5, 3600),
    ("read_seconds", 1, 300),
    ("scan_gap_ms", 20, 150),
    ("volume", 0, 100),
    ("idle_minutes", 0, 1440),
    ("undo_minutes", 0, 60),
    ("backups_kept", *BACKUPS_KEPT),
    ("upload_minutes", 0, 1440),
)
