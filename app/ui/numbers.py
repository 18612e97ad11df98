"""Counts and times for people. SN and IMEI never come here."""

from __future__ import annotations

from datetime import datetime


def count(number: int) -> str:
    """With the thousands separator that English and Chinese share."""
    return f"{number:,}"


def seconds(value: float) -> str:
    """With one decimal place, or none where it is whole."""
    return f"{value:.1f}".removesuffix(".0")


def time_of_day(utc: str, now: datetime) -> str:
    """The time on this PC's clock of a time as in `Stamp.at`; with the date where it is not today."""
    there = datetime.fromisoformat(utc).astimezone()
    return f"{there:%H:%M}" if there.date() == now.date() else f"{there:%m-%d %H:%M}"


def day_and_time(utc: str, now: datetime) -> str:
    """As `time_of_day`; of another year the date alone, which is as wide."""
    there = datetime.fromisoformat(utc).astimezone()
    return time_of_day(utc, now) if there.year == now.year else f"{there:%Y-%m-%d}"
