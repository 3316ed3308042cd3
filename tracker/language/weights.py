"""The weights of the learned reading of attributions, from the file that ships with the tracker.

Made by `training/fit_attribution.py`; what it was fitted on and how well it does stand in docs/models/attribution.md.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np

from tracker.errors import LanguageError
from tracker.model import WEIGHT_ROWS, CueWeights

WEIGHTS = Path(__file__).parent / "attribution_weights.npz"


@cache
def load_weights() -> CueWeights:
    """The weights that ship with the tracker; raises LanguageError when the file is missing or damaged."""
    try:
        with np.load(WEIGHTS, allow_pickle=False) as stored:
            cue, content, source, voice = (_dense(stored[f"{name}_rows"], stored[f"{name}_values"]) for name in ("cue", "content", "source", "voice"))
            return CueWeights(cue, content, source, voice, frozenset(str(w) for w in stored["lemmas"]))
    except (OSError, ValueError, KeyError, IndexError) as error:
        raise LanguageError(f"cannot read {WEIGHTS.name}: {error}. Install the tracker again.") from error


def _dense(rows: np.ndarray, values: np.ndarray) -> list[float]:
    out = np.zeros(WEIGHT_ROWS)
    out[rows] = values.astype(np.float64)
    return [float(v) for v in out]
