"""What notes, posts and descriptions say: spaCy components, lexicons, relations with evidence."""

OWNED_BY = "graphkit-crm"
