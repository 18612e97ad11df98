"""The same station without a window: names, JSON and exit codes are a contract, see docs/formats.md."""
