"""Whether chances keep their word: Brier score (G. W. Brier, Monthly Weather Review 78, 1950) and the share that came true beside the chance given."""
from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike
from scipy.special import betaincinv


def brier(chance: ArrayLike, true: ArrayLike) -> float:
    """Mean squared distance of the chances from what came out (0 or 1): 0 is perfect, .25 is saying one half to everything."""
    return float(np.mean((np.asarray(chance, dtype=float) - np.asarray(true, dtype=float)) ** 2))


def calibration_table(chance: ArrayLike, true: ArrayLike, *, bins: int = 10, interval: float = 0.9) -> pd.DataFrame:
    """One row a bin of equal width that holds any: from, to, n, mean chance, share that came true with its Beta(1 + yes, 1 + no) interval."""
    p, y = np.asarray(chance, dtype=float), np.asarray(true, dtype=float)
    place = np.minimum((p * bins).astype(int), bins - 1)
    rows = []
    for k in np.unique(place):
        here = place == k
        n, yes = int(here.sum()), int(y[here].sum())
        low, high = (float(betaincinv(1 + yes, 1 + n - yes, t)) for t in ((1 - interval) / 2, (1 + interval) / 2))
        rows.append({"from": k / bins, "to": (k + 1) / bins, "n": n, "chance": float(p[here].mean()), "share": yes / n, "low": low, "high": high})
    return pd.DataFrame(rows, columns=["from", "to", "n", "chance", "share", "low", "high"])
