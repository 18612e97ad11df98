"""The rules of binding. No Qt, no I/O, no clock, no threads, no log."""
