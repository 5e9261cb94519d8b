"""What Neo4j Browser is given: a guide, a style, saved queries, and a page that hands them over.

The local server of a workspace serves all of it itself (see `site`); for a Browser of another
server the same comes as files to drop on it (see `files`).
"""
