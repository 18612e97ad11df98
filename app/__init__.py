"""Binding Station: binds a device code (PK + SN) to a module (IMEI), once, durably, and proves it."""

__version__ = "0.1.0"
