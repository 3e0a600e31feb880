"""Puts the runtime service into the wheel: its program, and the native modules of one platform."""

from __future__ import annotations

import json
import platform
import shutil
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

#: Platform of the native modules in npm's words → tag of the wheel. Bounded by Node.js's own wheels and libduckdb.
TAGS = {
    "linux-x64": "manylinux_2_28_x86_64",
    "linux-arm64": "manylinux_2_28_aarch64",
    "linux-x64-musl": "musllinux_1_2_x86_64",
    "linux-arm64-musl": "musllinux_1_2_aarch64",
    "darwin-x64": "macosx_13_5_x86_64",
    "darwin-arm64": "macosx_13_5_arm64",
    "win32-x64": "win_amd64",
    "win32-arm64": "win_arm64",
}

#: What the program loads at run time instead of having it inside.
NATIVE = "@duckdb/node-bindings"


class RuntimeHook(BuildHookInterface[Any]):
    """Runs for wheels; an editable installation uses the service of the checkout."""

    PLUGIN_NAME = "custom"

    @property
    def staged(self) -> Path:
        """Where the service waits for the wheel to be written."""
        return Path(self.root) / "build" / "runtime"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable":
            return
        checkout = Path(self.root).parent.parent
        program = checkout / "runtime-server" / "dist"
        if not (program / "main.mjs").is_file():
            message = (
                f"The runtime service is not built: there is no {program / 'main.mjs'}. Run `npm run build` first."
            )
            raise FileNotFoundError(message)
        staged = self.staged
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir(parents=True)
        for kind in ("*.mjs", "*.cjs"):
            for module in program.glob(kind):
                shutil.copy(module, staged)
        modules = checkout / "node_modules"
        host = host_platform(modules)
        for name in [NATIVE, *dependencies(modules, NATIVE), f"{NATIVE}-{host}"]:
            shutil.copytree(modules / name, staged / "node_modules" / name, ignore=shutil.ignore_patterns("*.d.ts"))
        build_data["force_include"][str(staged)] = "magpie_vega/_runtime"
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{TAGS[host]}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        shutil.rmtree(self.staged, ignore_errors=True)


def dependencies(modules: Path, name: str) -> list[str]:
    """The npm packages that a package needs, without its optional ones."""
    package = json.loads((modules / name / "package.json").read_text())
    needed = list(package.get("dependencies", {}))
    return needed + [further for direct in needed for further in dependencies(modules, direct)]


def host_platform(modules: Path) -> str:
    """The platform whose native modules npm installed, which must be this one."""
    system = {"linux": "linux", "darwin": "darwin", "win32": "win32"}[sys.platform]
    machine = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}[platform.machine().lower()]
    for candidate in (f"{system}-{machine}", f"{system}-{machine}-musl"):
        if (modules / f"{NATIVE}-{candidate}").is_dir():
            return candidate
    message = f"{NATIVE} has no native modules for {system}-{machine} here. Run `npm install` on this platform first."
    raise FileNotFoundError(message)
