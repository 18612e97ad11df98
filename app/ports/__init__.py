"""What the station needs from outside: shapes only. The adapters fill them, and so do the tests' fakes."""
