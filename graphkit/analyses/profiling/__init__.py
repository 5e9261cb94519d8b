"""What a profile is made of: sentences with where each comes from, section by section."""
