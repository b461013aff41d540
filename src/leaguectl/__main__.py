"""Run the command line with ``python -m leaguectl``."""

from leaguectl.cli import main

main()
