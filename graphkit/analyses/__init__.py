"""Questions about the shop, one a module, and the estimators and tests that they share.

A module with an `@analysis` answers one question. The others hold one method each, written with
arrays and without knowledge of findings, so that it can be tested against cases worked by hand.
"""
