"""Text columns as places in a list of their distinct texts, which are then looked at once.

A column is encoded when its dtype is an Arrow dictionary. `Batch.of` takes such columns as well as
plain ones, and hashes each text of them once.
"""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
import pyarrow as pa

_TEXT = pa.string()


def is_encoded(column: pd.Series) -> bool:
    """Whether a column is encoded."""
    dtype = column.dtype
    return isinstance(dtype, pd.ArrowDtype) and pa.types.is_dictionary(dtype.pyarrow_dtype)


def encoded(codes: np.ndarray, texts: pa.Array) -> pd.Series:
    """A column from the place of each row's text.

    Args:
        codes: Places; -1 where the row has none.
        texts: What the places hold; a text may stand there twice, and a place may be empty.
    """
    once = texts.cast(_TEXT).dictionary_encode()
    places = once.indices.take(_indices(codes))
    return series_of(pa.DictionaryArray.from_arrays(places, once.dictionary))


def series_of(column: pa.Array) -> pd.Series:
    """An Arrow array as a column; a dictionary as an encoded one."""
    return pd.Series(pd.arrays.ArrowExtensionArray(column))


def decoded(column: pd.Series) -> pd.Series:
    """A column with its texts themselves, its rows numbered anew."""
    if not is_encoded(column):
        return column.reset_index(drop=True)
    return taken(*places(column))


def taken(codes: np.ndarray, values: pa.Array) -> pd.Series:
    """The value at each place; empty where that is -1."""
    return series_of(values.take(_indices(codes)))


def places(column: pd.Series) -> tuple[np.ndarray, pa.Array]:
    """The place of each row's text (-1 for none) and the texts, some of which no row may have."""
    array = as_arrow(column)
    if not pa.types.is_dictionary(array.type):
        array = array.dictionary_encode()
    return np.asarray(array.indices.fill_null(-1)), array.dictionary


def positions(column: pd.Series, known: Iterable[str]) -> np.ndarray:
    """Where in a list of distinct texts each row's text is; -1 where it is not, or is none."""
    codes, texts = places(column)
    places_known = pd.Index(np.array(list(known), dtype=object))
    found = places_known.get_indexer(pd.Index(texts.to_numpy(zero_copy_only=False)))
    return np.asarray(np.append(found, -1)[codes])


def as_arrow(column: pd.Series) -> pa.Array:
    """A column as one Arrow array."""
    array = pa.array(column)
    if isinstance(array, pa.ChunkedArray):
        return array.chunk(0) if array.num_chunks == 1 else array.combine_chunks()
    return array


def factorized(column: pd.Series) -> tuple[np.ndarray, pd.Series]:
    """Codes (-1 for empty) and distinct values in the order of their first rows, as in pandas."""
    if not is_encoded(column):
        codes, values = pd.factorize(column, use_na_sentinel=True)
        return codes, pd.Series(values)
    codes, texts = places(column)
    first = np.full(len(texts) + 1, len(codes))
    first[codes[::-1]] = np.arange(len(codes))[::-1]  # of the rows with one code the first stays
    first[-1] = len(codes)
    order = np.argsort(first, kind="stable")
    order = order[: np.count_nonzero(first < len(codes))]
    fresh = np.full(len(texts) + 1, -1)
    fresh[order] = np.arange(len(order))
    return fresh[codes], series_of(texts.take(pa.array(order)))


def together(columns: Sequence[pd.Series]) -> np.ndarray:
    """A number for each row, equal where the rows are equal in all of some columns."""
    total, whole = np.zeros(len(columns[0]), dtype=np.int64), 1
    for column in columns:
        codes, count = _numbered(column)
        if whole * (count + 1) > np.iinfo(np.int64).max:
            total, values = pd.factorize(total)
            whole = len(values)
        total = total * (count + 1) + codes + 1
        whole *= count + 1
    return total


def _numbered(column: pd.Series) -> tuple[np.ndarray, int]:
    if is_encoded(column):
        codes, texts = places(column)
        return codes.astype(np.int64), len(texts)
    codes, values = pd.factorize(column, use_na_sentinel=True)
    return codes, len(values)


def _indices(codes: np.ndarray) -> pa.Array:
    return pa.array(codes, mask=codes < 0)
