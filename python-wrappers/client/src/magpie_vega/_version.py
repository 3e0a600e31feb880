"""The version of this package and of the wire contract that it speaks."""

from importlib.metadata import version

__all__ = ["PROTOCOL_VERSION", "__version__"]

__version__: str = version("magpie-vega")

#: Kept equal to ``PROTOCOL_VERSION`` of ``@magpie-vega/protocol`` by a test.
PROTOCOL_VERSION = 1
