"""Altair's charts as specifications whose frames are still frames.

Altair hands each frame to a process-wide transformer. Ours is switched on for the length of one ``to_dict()``, whatever
transformer the user has chosen; a chart that another thread converts meanwhile goes to that one as before.
"""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from ._errors import ChartError
from ._frames import is_frame
from ._spec import DataObject, rewrite_data

__all__ = ["chart_to_spec"]

_lock = threading.RLock()
_call = threading.local()

_MARK = "magpie+frame://"
_NO_NAMES = frozenset({"datasets", "values", "url", "usermeta", "$schema"})


def chart_to_spec(chart: Any) -> dict[str, Any] | None:
    """The Vega-Lite specification of an Altair chart, with frames as ``values``; ``None`` when it is no Altair chart.

    Altair names views by a hash that also sees the frame, down to its address for some; here they count from 1, so that
    the same chart over other rows has the same specification. Parameters keep their names.
    """
    if not _is_chart(chart):
        return None
    spec, frames = _convert(chart)

    def restore(data: DataObject, _pointer: str) -> DataObject:
        url = data.get("url")
        if isinstance(url, str) and url.startswith(_MARK):
            rest = {key: value for key, value in data.items() if key != "url"}
            return {"values": frames[int(url.removeprefix(_MARK))], **rest}
        return data

    return rewrite_data(_stable_names(spec), restore)


def _is_chart(chart: Any) -> bool:
    # Who passes an Altair chart has imported Altair.
    altair = sys.modules.get("altair")
    return altair is not None and isinstance(chart, altair.TopLevelMixin)


def _convert(chart: Any) -> tuple[dict[str, Any], list[Any]]:
    import altair as alt

    frames: list[Any] = []
    with _lock:
        chosen = alt.data_transformers.get()

        def collect(data: Any, **options: Any) -> Any:
            found: list[Any] | None = getattr(_call, "frames", None)
            if found is None:
                return chosen(data, **options) if chosen is not None else alt.to_values(data)
            if hasattr(data, "__geo_interface__") or not is_frame(data):
                return alt.to_values(data)
            position = next((index for index, frame in enumerate(found) if frame is data), len(found))
            if position == len(found):
                found.append(data)
            return {"url": f"{_MARK}{position}"}

        alt.data_transformers.register("magpie", collect)
        _call.frames = frames
        try:
            with alt.data_transformers.enable("magpie"):
                spec = chart.to_dict()
        except Exception as error:
            msg = f"Altair refuses the chart: {error}"
            raise ChartError(msg, remedy="Correct the chart; chart.to_dict() shows the same error.") from error
        finally:
            _call.frames = None
            alt.data_transformers.register("magpie", None)
    return spec, frames


_HASHED_VIEW = re.compile(r"view_[0-9a-f]{16}(_\d+)?")


def _stable_names(spec: dict[str, Any]) -> dict[str, Any]:
    renamed: dict[str, str] = {}
    _collect_views(spec, renamed)
    if not renamed:
        return spec
    pattern = re.compile("|".join(map(re.escape, sorted(renamed, key=len, reverse=True))))
    return _replace_all(spec, partial(pattern.sub, lambda match: renamed[match.group()]))


def _collect_views(node: Any, renamed: dict[str, str]) -> None:
    if isinstance(node, Mapping):
        name = node.get("name")
        if isinstance(name, str) and _HASHED_VIEW.fullmatch(name):
            renamed.setdefault(name, f"view_{len(renamed) + 1}")
        for key, value in node.items():
            if key not in _NO_NAMES:
                _collect_views(value, renamed)
    elif isinstance(node, list):
        for item in node:
            _collect_views(item, renamed)


def _replace(node: Any, change: Callable[[str], str]) -> Any:
    if isinstance(node, str):
        return change(node)
    if isinstance(node, Mapping):
        return _replace_all(node, change)
    return [_replace(item, change) for item in node] if isinstance(node, list) else node


def _replace_all(node: Mapping[str, Any], change: Callable[[str], str]) -> dict[str, Any]:
    return {key: value if key in _NO_NAMES else _replace(value, change) for key, value in node.items()}
