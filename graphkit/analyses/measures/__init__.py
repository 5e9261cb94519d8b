"""What several analyses measure: orders by month, days late, the rows of a company."""
