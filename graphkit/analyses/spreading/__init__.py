"""First signs of interest, who is in contact with whom, and what exposure foretold."""
