"""Charts as data: one question per module, from what the analyses say to a Chart."""
