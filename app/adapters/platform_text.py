"""What the platform says, so that it can be shown, and kept for ever."""

from __future__ import annotations

_MOST = 500
"""Characters; more of a text tells nobody more."""

_UNSHOWABLE = "\N{REPLACEMENT CHARACTER}"


def plain(text: str) -> str:
    """Without line ends, control characters and halves of characters (lone surrogates), and not endless."""
    kept = "".join(one if one.isprintable() else _UNSHOWABLE for one in text[:_MOST])
    return kept + "…" if len(text) > _MOST else kept
