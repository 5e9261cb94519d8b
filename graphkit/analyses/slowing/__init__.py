"""The parts of the slowdown analysis: who orders less, who pays later, which market, what to do."""
