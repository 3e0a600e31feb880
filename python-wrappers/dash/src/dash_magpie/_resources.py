"""The script files that Dash serves for the component."""

from __future__ import annotations

from pathlib import Path

from ._version import __version__

__all__ = ["JS_DIST"]

_NAMESPACE = "dash_magpie"
_STATIC = Path(__file__).parent / "static"


def _script(name: str, **options: object) -> dict[str, object]:
    return {"relative_package_path": name, "namespace": _NAMESPACE, "version": __version__, **options}


#: The component itself; its chunks, which the component loads; the checks of properties, in debug mode.
JS_DIST: list[dict[str, object]] = [
    _script("static/dash_magpie.min.js"),
    *(_script(f"static/{file.name}", **{"async": True}) for file in sorted(_STATIC.glob("async-*.js"))),
    {"dev_package_path": "_generated/proptypes.js", "dev_only": True, "namespace": _NAMESPACE, "version": __version__},
]
