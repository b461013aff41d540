"""leaguectl: the member registry of a county Youth League committee."""

__version__ = "0.2.0"
