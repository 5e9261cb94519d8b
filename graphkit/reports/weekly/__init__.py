"""The weekly report: what is new, and five things to do."""
