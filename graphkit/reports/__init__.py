"""Findings to text, Markdown, HTML and JSON."""
