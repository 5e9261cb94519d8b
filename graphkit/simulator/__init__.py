"""A seeded simulator of a shop with planted stories, for the demo, tests and benchmarks.

It writes what the shop's systems would export, dirt included, and keeps the truth, so that
what graphkit finds can be compared with what is there.
"""

from graphkit.simulator.shop import DEFAULT_END, ORDER_LINES, Shop, simulate
from graphkit.simulator.stories import Stories, Truth

__all__ = ["DEFAULT_END", "ORDER_LINES", "Shop", "Stories", "Truth", "simulate"]
