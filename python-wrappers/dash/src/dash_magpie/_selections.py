"""What the viewer selected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from magpie_vega import Selection, parse_selections

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["selections"]


def selections(value: Mapping[str, Any] | None) -> dict[str, Selection]:
    """Type the ``selection`` property: each selection by name, as Altair's ``JupyterChart`` types them.

    ``None``, which a callback receives before the first selection, gives an empty dictionary.
    """
    return parse_selections(value)
