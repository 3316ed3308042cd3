"""How likely two mentions put the same proposition: a calibrated sum of the named features."""
from __future__ import annotations

import numpy as np

from tracker.link.features import NAMES

# Logistic weights fitted by benchmarks/fit_linking.py on the candidate pairs of the seven case folders (pairs of mentions that the gold puts
# in one claim or in two, unlisted cross-article pairs at weight 0.3). Left-one-case-out the same fit gives a mean b3_f1 of .686 at 0.35;
# weights set by hand gave .683 at best.
WEIGHTS = {
    "words": 2.82, "contained": 0.03, "meaning": 2.49, "names": 0.48, "act": 0.77, "actor": 0.15, "object": 1.15, "figures_agree": 0.54,
    "figures_conflict": -0.04, "dates_agree": 0.90, "dates_conflict": -0.60, "numbers_only_one": -0.42,
}
BIAS = -4.64


def probability(rows: np.ndarray) -> np.ndarray:
    """Values in (0, 1), one a pair, rounded so that equal inputs give equal bytes on every machine."""
    weights = np.asarray([WEIGHTS[name] for name in NAMES])
    return np.round(1.0 / (1.0 + np.exp(-(rows @ weights + BIAS))), 6)
