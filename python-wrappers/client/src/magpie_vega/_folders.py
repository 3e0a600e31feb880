"""Where Magpie keeps files of this user, on this host."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

__all__ = ["runtime_folder", "spool_folder", "table_folder"]


def runtime_folder() -> Path:
    """State of the running service: address, secret, lock, log. Overridden by ``MAGPIE_RUNTIME_DIR``."""
    return _private(_chosen() or Path(platformdirs.user_runtime_dir("magpie-vega", appauthor=False)))


def table_folder() -> Path:
    """Holds one folder of tables for each service that runs on this host."""
    return _private((_chosen() or _cache()) / "tables")


def spool_folder() -> Path:
    """Copies of what this user's processes uploaded, to send again to a service that lost them."""
    return _private((_chosen() or _cache()) / "spool")


def _chosen() -> Path | None:
    chosen = os.environ.get("MAGPIE_RUNTIME_DIR")
    return Path(chosen).absolute() if chosen else None


def _cache() -> Path:
    return Path(platformdirs.user_cache_dir("magpie-vega", appauthor=False))


def _private(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
