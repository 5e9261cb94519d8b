"""What a customer's order lines are of, how that moved, and how it is told."""
