"""What stands in for the slow and the remote in tests; a fake keeps the rules of the real thing."""
