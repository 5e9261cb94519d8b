"""From files to findings: load, resolve, read texts, analyse, write back."""
