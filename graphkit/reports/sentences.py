"""Where a sentence ends, also where a company is called Inc. or Corp."""

import re
from collections.abc import Iterable
from typing import Final

_END: Final = re.compile(r"(?<=[^\s.][.!?])\s+(?=[A-Z0-9])")


def first_sentence(text: str, names: Iterable[str]) -> tuple[str, str]:
    """The first sentence of a text, and the others.

    Args:
        text: Sentences.
        names: What may stand in it and have full stops of its own.

    >>> first_sentence("Ask Apex Corp. Ltd. how it is. Then wait.", ["Apex Corp. Ltd."])
    ('Ask Apex Corp. Ltd. how it is.', 'Then wait.')
    """
    spans = [
        (found.start(), found.end())
        for name in names
        if name and name in text
        for found in re.finditer(re.escape(name), text)
    ]
    for end in _END.finditer(text):
        if not any(begin < end.start() <= stop for begin, stop in spans):
            return text[: end.start()], text[end.end() :]
    return text, ""
