"""The work: runs the rules against the ports."""
