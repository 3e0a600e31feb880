"""Written by Dash's component generator: see `scripts/gen-dash.mjs`."""
