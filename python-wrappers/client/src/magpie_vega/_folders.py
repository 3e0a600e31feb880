"""Where Magpie keeps files of this user, on this host."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import platformdirs

__all__ = ["runtime_folder", "spool_folder", "table_folder"]


def runtime_folder() -> Path:
    """State of the running services: secret, addresses, locks, logs."""
    # Home folders may be shared by hosts; a shared temporary folder would let others take the place of ours.
    return _private(_home() / f"run-{platform.node() or 'host'}")


def table_folder() -> Path:
    """Holds one folder of tables for each service that runs on this host."""
    return _private(_home() / "tables")


def spool_folder() -> Path:
    """Copies of what this user's processes uploaded, to send again to a service that lost them."""
    return _private(_home() / "spool")


def _home() -> Path:
    """The cache folder of this user, or ``MAGPIE_RUNTIME_DIR``."""
    chosen = os.environ.get("MAGPIE_RUNTIME_DIR")
    return Path(chosen).absolute() if chosen else Path(platformdirs.user_cache_dir("magpie-vega", appauthor=False))


def _private(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
