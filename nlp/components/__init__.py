"""What reads a text, piece by piece; importing these modules imports spaCy."""
