"""How likely two mentions put the same proposition: a calibrated sum of the named features."""
from __future__ import annotations

import numpy as np

from tracker.link.features import NAMES

# Logistic weights; see benchmarks/fit_linking.py. Placeholder values are replaced by the fit on the case folders.
WEIGHTS = dict.fromkeys(NAMES, 0.0) | {"words": 6.0, "contained": 2.0, "meaning": 3.0, "names": 0.8, "act": 1.2, "actor": 0.6, "object": 1.0,
                                       "figures_agree": 1.0, "figures_conflict": -2.5, "dates_agree": 0.5, "dates_conflict": -1.0, "numbers_only_one": -0.3}
BIAS = -6.0


def probability(rows: np.ndarray) -> np.ndarray:
    """Values in (0, 1), one a pair, rounded so that equal inputs give equal bytes on every machine."""
    weights = np.asarray([WEIGHTS[name] for name in NAMES])
    return np.round(1.0 / (1.0 + np.exp(-(rows @ weights + BIAS))), 6)
