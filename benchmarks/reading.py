"""How many notes are read in a second on one core, beside spaCy alone with the same model.

Run: python benchmarks/reading.py [--texts LABELLED.jsonl]
     python benchmarks/reading.py --wnut FILE [--record]
                                    names in social posts, as WNUT17 labels them
"""

import argparse
import os
import re
import time
from collections.abc import Sequence
from pathlib import Path

from results import Results, record_option

from nlp.components.document import Context
from nlp.components.pipeline import Known, build, read_all
from nlp.extract import extracted
from nlp.labelled import Labelled, labelled_texts
from nlp.model import chosen_model, load_model
from nlp.scoring import Counts

HERE = Path(__file__).parent
TEXTS = HERE.parent / "tests" / "nlp" / "labelled.jsonl"
WORDS, ROUNDS, LEAST = 20, 5, 120
WNUT = {
    "PERSON": ("person",),
    "ORG": ("corporation", "group"),
    "COMPANY": ("corporation", "group"),
    "GPE": ("location",),
    "LOC": ("location",),
    "FAC": ("location",),
    "PRODUCT": ("product",),
    "WORK_OF_ART": ("creative-work",),
}
"""What a label may be in WNUT17."""
Named = tuple[int, int, str]


def of_words(texts: Sequence[Labelled], words: int) -> list[Labelled]:
    """Texts of so many words each, cut from these one after the other."""
    every = [word for one in texts for word in one.text.split()]
    starts = range(0, len(every) - words, words)
    return [Labelled(str(at), " ".join(every[at : at + words])) for at in starts]


def speed(path: Path) -> None:
    """Print notes a second of both, each the best of some rounds."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    notes = of_words(labelled_texts(path), WORDS) * 3
    model = chosen_model()
    bare, whole = load_model(model), build(model, Known())
    contexts = [(one.text, Context(one.id)) for one in notes]
    took: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name in ("bare", "whole"):
            start = time.perf_counter()
            if name == "bare":
                list(bare.pipe([one.text for one in notes]))
            else:
                list(read_all(whole, contexts))
            took[name] = min(took.get(name, 1e9), time.perf_counter() - start)
    print(f"{len(notes):,} notes of {WORDS} words, {model.name} {model.version}, one core")
    print(f"spaCy alone      {len(notes) / took['bare']:6.0f} notes a second")
    print(f"graphkit         {len(notes) / took['whole']:6.0f} notes a second (at least {LEAST})")
    print(f"graphkit / spaCy {took['whole'] / took['bare']:6.2f} of the time")


def posts_of(path: Path) -> list[tuple[str, list[Named]]]:
    """The posts of a file of WNUT17, each with what it names."""
    posts = []
    for block in re.split(r"\n\s*\n", path.read_text("utf-8")):
        lines = [line.split("\t") for line in block.splitlines() if "\t" in line]
        text, named = "", []
        for word, tag, *_ in lines:
            start = len(text)
            text += word + " "
            kind = tag.partition("-")[2]
            if tag.startswith("B-"):
                named.append((start, start + len(word), kind))
            elif tag.startswith("I-") and named:
                named[-1] = (named[-1][0], start + len(word), named[-1][2])
        if text:
            posts.append((text.rstrip(), named))
    return posts


def counted(posts: Sequence[tuple[str, list[Named]]], found: Sequence[list[Named]]) -> Counts:
    """Names found with their stretch and a label that may be theirs."""
    right = wrong = missed = 0
    for (_, truth), read in zip(posts, found, strict=True):
        wanted = {(start, end): kind for start, end, kind in truth}
        hits = [one for one in read if wanted.get(one[:2]) in WNUT.get(one[2], ())]
        right += len(hits)
        wrong += sum(one[2] in WNUT for one in read) - len(hits)
        missed += len(truth) - len(hits)
    return Counts(right, wrong, missed)


def wnut(path: Path) -> Results:
    """Print and keep F1 of the model alone and of the names that graphkit makes of it."""
    posts = posts_of(path)
    model = chosen_model()
    docs = load_model(model).pipe([text for text, _ in posts])
    alone = [[(one.start_char, one.end_char, one.label_) for one in doc.ents] for doc in docs]
    texts = [Labelled(str(at), text, kind="post") for at, (text, _) in enumerate(posts)]
    whole = [
        [(one.start, one.end, one.label) for one in each.entities]
        for each in extracted(texts, model=model)
    ]
    # What graphkit has no label for (places, products, works) it leaves to the model.
    kept = [
        [*ours, *(one for one in theirs if one[2] not in {"PERSON", "ORG"})]
        for ours, theirs in zip(whole, alone, strict=True)
    ]
    scores = [counted(posts, found) for found in (alone, kept)]
    for name, score in zip(("the model alone", "graphkit's names"), scores, strict=True):
        print(
            f"{name:17} F1 {score.f1:.3f}, precision {score.precision:.3f}, recall "
            f"{score.recall:.3f} ({score.right:,} right, {score.wrong:,} wrong, "
            f"{score.missed:,} missed)"
        )
    results = Results("reading-wnut", "social posts labelled for WNUT17", real=True)
    theirs, own = scores
    for what in ("f1", "precision", "recall"):
        results.add(
            f"Names in posts: {what.replace('f1', 'F1')}",
            getattr(own, what),
            f"{len(posts):,} posts",
            unit="",
            peer="the spaCy model alone",
            peer_value=getattr(theirs, what),
        )
    return results


def main() -> None:
    """Take the one measure or the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=Path, default=TEXTS)
    parser.add_argument("--wnut", type=Path)
    record_option(parser)
    asked = parser.parse_args()
    if asked.wnut:
        results = wnut(asked.wnut)
        if asked.record:
            results.write()
    else:
        speed(asked.texts)


if __name__ == "__main__":
    main()
