"""What the last verification of the journal found, kept beside it: a finding outlives the window."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from app.adapters.durable_file import write_bytes_durably
from app.core.record import ChainCheck, Proof


def load_proof(path: Path) -> Proof | None:
    """None where there is none, or none that can be read."""
    try:
        kept = json.loads(path.read_text("utf-8"))
        return Proof(ChainCheck(**kept["check"]), str(kept["at"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def keep_proof(path: Path, proof: Proof) -> None:
    """Raises `Faulted` where it cannot be written."""
    write_bytes_durably(path, json.dumps(asdict(proof), indent=2).encode("utf-8"))
