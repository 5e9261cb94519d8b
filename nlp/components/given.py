"""Mentions that are known before a text is read, as when people labelled them."""

from spacy.language import Language
from spacy.tokens import Doc

from nlp.components.document import reading


@Language.component("graphkit_given")
def given(doc: Doc) -> Doc:
    """Take over the mentions of the doc's context, in their order."""
    read = reading(doc)
    read.mentions = list(read.context.given)
    return doc
