"""Material from elsewhere made into entries: a pasted table becomes rows, rows become what they seem to mean."""
