"""The outside: one file wraps one library or device, and decides there which errors are expected."""
