"""Tests, estimates and corrections on plain arrays, each module named by what it holds."""
