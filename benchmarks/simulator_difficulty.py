"""Is the simulator's shop as hard as a real one? Two figures over eight seeds.

"Orders down 30 % or more" must flag 13 to 48 % of the customers for whom nothing changed, and
the industry alone must agree with the planted groups by .5 to .7 of adjusted mutual information.

Run: python benchmarks/simulator_difficulty.py
"""

import numpy as np

from graphkit.simulator import simulate
from graphkit.simulator.difficulty import flagged_by_naive_rule, industry_alone

SEEDS = range(101, 109)
CUSTOMERS = 120
NAIVE_BAND = (0.13, 0.48)
INDUSTRY_BAND = (0.5, 0.7)


def main() -> None:
    """Print both figures for each seed, then their means against the bands."""
    print("seed  flagged though unchanged  industry alone")
    flagged, agreement = [], []
    for seed in SEEDS:
        shop = simulate(seed=seed, customers=CUSTOMERS)
        flagged.append(flagged_by_naive_rule(shop))
        agreement.append(industry_alone(shop))
        print(f"{seed:4d}  {flagged[-1]:24.2f}  {agreement[-1]:14.2f}")
    for what, figures, (low, high) in (
        ("flagged though unchanged", flagged, NAIVE_BAND),
        ("industry alone", agreement, INDUSTRY_BAND),
    ):
        mean = float(np.mean(figures))
        verdict = "inside" if low <= mean <= high else "OUTSIDE"
        print(f"{what}: mean {mean:.2f}, {verdict} {low} to {high}")


if __name__ == "__main__":
    main()
