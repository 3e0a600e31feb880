"""Every error of Magpie in Python.

::

    MagpieError                 code, place, cause, remedy
    ├── ChartError              bad-request        what was passed is not a chart Magpie can read
    ├── FrameError              source-unreadable  a frame could not be read
    │   └── UnsupportedColumnError  unsupported    a needed column has a type without a meaning in Vega
    ├── ColumnMissingError      column-missing     the chart reads a column that the frame does not have
    ├── NodeNotFoundError       unreachable        no Node.js to run the bundled service
    ├── RuntimeMissingError     unreachable        this installation has no bundled service
    ├── ConfigurationError      bad-request        MAGPIE_URL, MAGPIE_SECRET or another option is wrong
    └── ServiceError            what the service answered, with its own code
        ├── ServiceUnreachableError  unreachable   no service answers, or it did not start
        ├── VersionMismatchError     version-mismatch
        └── NotGrantedError          not-granted   the secret differs from the service's
"""

from __future__ import annotations

__all__ = [
    "ChartError",
    "ColumnMissingError",
    "ConfigurationError",
    "FrameError",
    "MagpieError",
    "NodeNotFoundError",
    "NotGrantedError",
    "RuntimeMissingError",
    "ServiceError",
    "ServiceUnreachableError",
    "UnsupportedColumnError",
    "VersionMismatchError",
]


#: A message lists this many columns of a frame.
_MOST_NAMES = 12


class MagpieError(Exception):
    """An error that names its place, its cause and its remedy.

    ``code`` is one of the protocol's error codes; ``place`` is a JSON pointer, a column or an option (empty when
    unknown); ``cause`` is one sentence; ``remedy`` is what to do about it (empty when nothing can be said).
    """

    code: str = "internal"

    def __init__(self, cause: str, *, place: str = "", remedy: str = "", code: str | None = None) -> None:
        self.cause = cause
        self.place = place
        self.remedy = remedy
        if code is not None:
            self.code = code
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """Place, cause and remedy for a reader, as the page shows them."""
        cause = self.cause.rstrip(".")
        place = f" ({self.place})" if self.place else ""
        remedy = f" {self.remedy}" if self.remedy else ""
        return f"{cause}{place}.{remedy}"

    def __reduce__(self) -> tuple[object, ...]:
        return _restore, (type(self), self.__dict__)


def _restore(kind: type[MagpieError], state: dict[str, object]) -> MagpieError:
    error = kind.__new__(kind)
    error.__dict__.update(state)
    error.args = (error.sentence,)
    return error


class ChartError(MagpieError):
    """What was passed is neither an Altair chart nor a Vega or Vega-Lite specification."""

    code = "bad-request"


class FrameError(MagpieError):
    """A frame could not be read as a table."""

    code = "source-unreadable"


class UnsupportedColumnError(FrameError):
    """The chart needs a column whose type has no meaning in Vega.

    ``column`` is its name and ``type_name`` its type as the frame's library writes it.
    """

    code = "unsupported"

    def __init__(self, column: str, type_name: str, *, remedy: str, place: str = "") -> None:
        self.column = column
        self.type_name = type_name
        super().__init__(
            f"Column {column!r} has the type {type_name}, which Vega has no value for",
            place=place or f"column {column!r}",
            remedy=remedy,
        )


class ColumnMissingError(MagpieError):
    """The chart reads a column that its frame does not have; ``column`` is its name."""

    code = "column-missing"

    def __init__(self, column: str, available: list[str], *, place: str = "") -> None:
        self.column = column
        shown = ", ".join(map(repr, available[:_MOST_NAMES])) + (", …" if len(available) > _MOST_NAMES else "")
        super().__init__(
            f"The chart reads the column {column!r}, which its frame does not have",
            place=place or f"column {column!r}",
            remedy=f"The frame has {shown}." if available else "The frame has no columns.",
        )


class NodeNotFoundError(MagpieError):
    """No Node.js that can run the bundled service was found."""

    code = "unreachable"


class RuntimeMissingError(MagpieError):
    """The bundled service is not part of this installation."""

    code = "unreachable"


class ConfigurationError(MagpieError):
    """An option or environment variable has a value that cannot be used; ``place`` names it."""

    code = "bad-request"


class ServiceError(MagpieError):
    """The service refused or failed; ``code`` is the code it gave."""


class ServiceUnreachableError(ServiceError):
    """No service answers at its address, or the bundled one did not start."""

    code = "unreachable"


class VersionMismatchError(ServiceError):
    """The service speaks another version of the wire contract."""

    code = "version-mismatch"


class NotGrantedError(ServiceError):
    """The service does not accept this process's grants: the secrets differ."""

    code = "not-granted"
