"""``python -m magpie_vega``: the bundled service, from the command line.

``status`` prints its address when it runs, ``stop`` ends it, and ``serve [options]`` runs one in the foreground with
the options of the service (``serve --help`` lists them).
"""

from __future__ import annotations

import subprocess
import sys

from ._bundle import find_service_program
from ._errors import MagpieError
from ._local_service import running_local_service, stop_local_service
from ._node import find_node


def main(arguments: list[str]) -> int:
    """Run a command; gives the exit status."""
    match arguments:
        case ["status"]:
            running = running_local_service()
            print("not running" if running is None else f"{running.url} (process {running.pid})")  # noqa: T201
            return 0 if running is not None else 3
        case ["stop"]:
            stop_local_service()
            return 0
        case ["serve", *options]:
            return subprocess.call([str(find_node()), str(find_service_program()), *options])
        case _:
            print(__doc__, file=sys.stderr)  # noqa: T201
            return 2


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except MagpieError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        sys.exit(130)
