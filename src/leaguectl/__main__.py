"""Run the command line with ``python -m leaguectl``."""

from leaguectl.cli.app import main

main()
