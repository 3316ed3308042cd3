"""A sentence encoder of the reader's choice for the link stage (extra `encoder`): texts to vectors."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from tracker.errors import UsageError
from tracker.model import Encoder

BATCH = 32  # texts encoded at a time
PLACES = 5  # decimals kept: in other company a text is padded to another length, which moves the seventh


def load_encoder(name: str) -> Encoder | None:
    """The sentence-transformers model of that name or folder; None for "", which leaves meaning to the built-in word table.

    Nothing is downloaded: a model must lie on the disk already. Raises UsageError that says what to install or fetch.
    """
    if not name:
        return None
    model = _load_model(name)

    def encode(texts: Sequence[str]) -> np.ndarray:
        listed = sorted(set(texts), key=lambda t: (len(t), t))
        if not listed:
            return np.zeros((0, 1))
        place = {t: n for n, t in enumerate(listed)}
        rows = model.encode(listed, batch_size=BATCH, convert_to_numpy=True, show_progress_bar=False)
        return np.asarray(np.round(np.asarray(rows, dtype=np.float64), PLACES)[[place[t] for t in texts]])

    return encode


@lru_cache(maxsize=1)
def _load_model(name: str) -> Any:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise UsageError(
            f"--vectors {name} needs the extra `encoder`: pip install 'corroboration-tracker[encoder]'; or leave it out to use the built-in word table"
        ) from error
    try:
        return SentenceTransformer(name, device="cpu", local_files_only=True)
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        raise UsageError(
            f"no model {name!r} on this machine ({_first_line(error)}); name a folder, or fetch it first with `hf download {name}`: a run downloads nothing"
        ) from error


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:150]
