"""What a map shows: nodes with facts and figures, ties with days and rows, findings, clusters."""
