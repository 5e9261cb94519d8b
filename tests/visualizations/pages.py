"""What a page holds, for tests that look for a word in it."""

import base64
import re
import zlib

_DATA = re.compile(r'id="graphkit-data"(?P<packed>[^>]*)>(?P<data>.*?)</script>', re.DOTALL)


def readable(page):
    """A page with the data of its map as plain JSON, also where it is deflated."""
    found = _DATA.search(page)
    if found is None or "deflate" not in found["packed"]:
        return page
    data = zlib.decompress(base64.b64decode(found["data"])).decode()
    return page[: found.start("data")] + data + page[found.end("data") :]
