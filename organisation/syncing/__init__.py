"""Units, groups, functions and people in step with a file: read it, see what it would change, then apply all of it."""
