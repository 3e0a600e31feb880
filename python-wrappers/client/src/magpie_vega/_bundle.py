"""Where the service's program is."""

from __future__ import annotations

import os
from pathlib import Path

from ._errors import RuntimeMissingError

__all__ = ["find_service_program"]

_PACKAGE = Path(__file__).resolve().parent


def find_service_program() -> Path:
    """``main.mjs`` of the service: in a checkout the one built there, else the one in this package."""
    candidates = [_PACKAGE.parents[3] / "runtime-server" / "dist" / "main.mjs", _PACKAGE / "_runtime" / "main.mjs"]
    chosen = os.environ.get("MAGPIE_RUNTIME")
    if chosen:
        candidates = [Path(chosen)]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    raise RuntimeMissingError(
        f"The runtime service is not at {candidates[-1]}",
        place="MAGPIE_RUNTIME" if chosen else "",
        remedy="Install magpie-vega from a wheel for this platform, run `npm run build` in a checkout, "
        "or set MAGPIE_URL and MAGPIE_SECRET to a service that runs elsewhere.",
    )
