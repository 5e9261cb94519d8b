"""What is read from texts, without people."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from graphkit.privacy.redaction import Redaction

_PARTS: Final = ("start", "end", "label", "canonical")


def redacted_readings(
    readings: Sequence[Mapping[str, Any]], kept: Iterable[str]
) -> list[dict[str, Any]]:
    """Texts and what they name, each person with one number in all of them.

    What a text names stays in its place: start and end are those in the masked text.

    Args:
        readings: Each a text with its entities, as mappings or as start, end, label and canonical.
        kept: Names of companies.
    """
    named: dict[str, set[str]] = {"PERSON": set(), "COMPANY": set(kept)}
    for one in readings:
        for start, end, label, canonical in map(_parts, one["entities"]):
            if label in named:
                named[label] |= {one["text"][start:end], canonical}
    redaction = Redaction(named["PERSON"], kept=named["COMPANY"])
    return [_without_people(one, redaction) for one in readings]


def _without_people(reading: Mapping[str, Any], redaction: Redaction) -> dict[str, Any]:
    masked = redaction.masked(reading["text"])
    entities: list[Any] = []
    for one in reading["entities"]:
        start, end, label, canonical = _parts(one)
        new = [*masked.covering(start, end), label, redaction.redacted(canonical)]
        if isinstance(one, Mapping):
            entities.append({**one, **dict(zip(_PARTS, new, strict=True))})
        else:
            entities.append(new)
    rest = {key: redaction.values(one) for key, one in reading.items() if key != "entities"}
    return {**rest, "entities": entities, "text": masked.text}


def _parts(entity: Any) -> tuple[int, int, str, str]:
    """Start, end, label and canonical name of an entity in either form."""
    values = [entity[name] for name in _PARTS] if isinstance(entity, Mapping) else entity
    start, end, label, canonical = values
    return int(start), int(end), str(label), str(canonical)
