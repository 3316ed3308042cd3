"""Weights of antecedent_features.py in hundredths.

Fitted by `training/fit_pronouns.py` on 1,412 pronouns of GUM (train and dev) whose person is annotated, and on 2,204 of
PolNeAR's 840 training articles where titles and given names leave one answer.
"""

from __future__ import annotations

from functools import cache

WEIGHTS = """\
above the other's clause, nmod, nsubj: -14; above the other's clause, nmod, poss: -3; above the other's clause, nsubj, nsubj: -7; above the other's
clause, nsubj, nsubj passive: 11; above the other's clause, nsubj, poss: 5; above the other's clause, obj, nsubj: -58; above the other's clause, obj,
poss: -12; above the other's clause, obl, nsubj: -10; above the other's clause, obl, poss: -21; above the other's clause, other, poss: -10; above the
other's clause, poss, nsubj: -17; above the other's clause, poss, poss: 29; below the other's clause, acts, False: 24; below the other's clause, acts,
False, nmod: 7; below the other's clause, acts, False, nsubj: 20; below the other's clause, acts, False, nsubj passive: 15; below the other's clause,
acts, False, obj: 15; below the other's clause, acts, False, obl: -24; below the other's clause, acts, False, poss: -9; below the other's clause,
acts, True: 62; below the other's clause, acts, True, nmod: 11; below the other's clause, acts, True, obj: 25; below the other's clause, acts, True,
obl: 4; below the other's clause, acts, True, poss: 21; below the other's clause, quotes, False: -22; below the other's clause, quotes, False, poss:
-23; below the other's clause, quotes, True: -62; below the other's clause, quotes, True, nsubj: -39; below the other's clause, quotes, True, obl: 4;
below the other's clause, quotes, True, poss: -25; below the other's clause, says, False: -15; below the other's clause, says, False, nsubj: -8; below
the other's clause, says, False, obj: -6; below the other's clause, says, False, poss: -14; below the other's clause, says, True, nmod: 16; below the
other's clause, says, True, nsubj: 10; below the other's clause, says, True, nsubj passive: -5; below the other's clause, says, True, obj: 41; below
the other's clause, says, True, poss: -65; beside the other's clause, False, nsubj: -4; beside the other's clause, False, nsubj passive: 14; beside
the other's clause, False, obj: 3; beside the other's clause, False, obl: 8; beside the other's clause, False, poss: 25; beside the other's clause,
True, nmod: -8; beside the other's clause, True, nsubj: 46; beside the other's clause, True, nsubj passive: 7; beside the other's clause, True, obj:
-4; beside the other's clause, True, obl: 20; beside the other's clause, True, poss: 34; described 0: -98; far 0: 105; far 0, nmod: -13; far 0, nsubj:
5; far 0, nsubj passive: 43; far 0, obj: 42; far 0, obl: 19; far 0, other: -15; far 0, poss: 25; far 1: 36; far 1, nmod: -5; far 1, nsubj: 36; far 1,
nsubj passive: -18; far 1, obj: 5; far 1, obl: 10; far 1, other: -26; far 1, poss: 47; far 1, root: -13; far 2, nmod: -13; far 2, nsubj: -18; far 2,
nsubj passive: -8; far 2, obj: 5; far 2, obl: -8; far 2, other: 15; far 2, poss: 37; far 2, root: -11; far 3: -37; far 3, nmod: -41; far 3, nsubj: 6;
far 3, nsubj passive: -10; far 3, other: 7; far 3, poss: 9; far 3, root: -8; far 4: -76; far 4, nmod: -12; far 4, nsubj: -23; far 4, nsubj passive:
16; far 4, obj: -21; far 4, obl: -5; far 4, poss: -37; far 4, root: 4; far after: -13; far after, nmod: -4; far after, nsubj: 13; far after, obj: -16;
far after, obl: -18; far after, root: 11; inside the other's phrase, False: -39; inside the other's phrase, True: 62; known False: 19; known True: -6;
lately meant 0: -30; lately meant 1: 20; lately meant 2: 28; lately meant 3: -5; leads its sentence, far 1: 28; leads its sentence, far 2: 31; leads
its sentence, far 3: -11; leads its sentence, far 4: 36; leads its sentence, far after: 10; name, far 0: 76; name, far 1: 35; name, far 2: -19; name,
far 3: -31; name, far 4: -51; name, far after: -13; named 0: 10; named 1: 4; named 2: 26; named 3: 20; named 4: 51; nmod to nmod, far 0: 12; nmod to
nmod, far 1: -4; nmod to nmod, far 3: -4; nmod to nsubj: -25; nmod to nsubj passive: -8; nmod to nsubj passive, far after: -4; nmod to nsubj, far 0:
-39; nmod to nsubj, far 1: 4; nmod to nsubj, far 2: 18; nmod to nsubj, far 3: -23; nmod to nsubj, far 4: 14; nmod to obj: -24; nmod to obj, far 0: -4;
nmod to obj, far 1: -10; nmod to obj, far 2: -3; nmod to obj, far 4: -4; nmod to obl: -22; nmod to obl, far 0: -32; nmod to obl, far 1: 15; nmod to
other: 7; nmod to poss: -19; nmod to poss, far 0: 41; nmod to poss, far 1: -8; nmod to poss, far 2: -24; nmod to poss, far 3: -12; nmod to poss, far
4: -18; nobody else: -36; none: -13; none, 1 people: 36; none, 2 people: -38; none, 3 people: -11; none, nmod: -6; none, nsubj passive: -36; none,
obj: 22; none, other: 25; none, poss: -20; none, quoted False: -3; none, quoted True: -10; noun: -57; noun, far 0: 11; noun, far 1: -29; noun, far 2:
16; noun, far 3: -32; noun, far 4: -23; nsubj passive to nsubj passive: 9; nsubj passive to nsubj passive, far 1: 9; nsubj passive to nsubj, far 0:
10; nsubj passive to nsubj, far 1: 5; nsubj passive to nsubj, far 2: -12; nsubj passive to nsubj, far 3: -9; nsubj passive to nsubj, far 4: 8; nsubj
passive to obj: 6; nsubj passive to obj, far 0: 9; nsubj passive to obl: -9; nsubj passive to poss: -5; nsubj passive to poss, far 0: 21; nsubj
passive to poss, far 1: -20; nsubj passive to poss, far 2: -14; nsubj passive to poss, far 4: 10; nsubj to nmod: 22; nsubj to nmod, far 0: 32; nsubj
to nmod, far 1: -11; nsubj to nmod, far 2: 4; nsubj to nsubj: 22; nsubj to nsubj passive: 23; nsubj to nsubj passive, far 0: 10; nsubj to nsubj
passive, far 1: 36; nsubj to nsubj passive, far 2: -15; nsubj to nsubj passive, far 3: 5; nsubj to nsubj passive, far 4: -12; nsubj to nsubj, far 0:
24; nsubj to nsubj, far 1: 7; nsubj to nsubj, far 2: -12; nsubj to nsubj, far 4: 19; nsubj to nsubj, far after: -13; nsubj to obj: -48; nsubj to obj,
far 0: -37; nsubj to obj, far 1: 7; nsubj to obj, far 3: -13; nsubj to obj, far 4: -5; nsubj to obl: 7; nsubj to obl, far 0: -21; nsubj to obl, far 1:
-10; nsubj to obl, far 2: 13; nsubj to obl, far 3: 16; nsubj to obl, far 4: 10; nsubj to other: -17; nsubj to other, far 0: -18; nsubj to poss: 13;
nsubj to poss, far 0: 20; nsubj to poss, far 1: 5; nsubj to poss, far 2: -7; nsubj to poss, far 4: -33; nsubj to poss, far after: 26; nsubj to root:
-4; obj to nmod: 6; obj to nmod, far 0: -9; obj to nsubj passive: 11; obj to nsubj passive, far 1: 17; obj to nsubj, far 0: -16; obj to nsubj, far 1:
-18; obj to nsubj, far 2: 13; obj to nsubj, far 3: 23; obj to nsubj, far 4: 4; obj to nsubj, far after: -7; obj to obj: -5; obj to obj, far 0: 21; obj
to obj, far 1: 5; obj to obj, far 2: -24; obj to obl: 4; obj to obl, far 0: 4; obj to poss: 5; obj to poss, far 0: 46; obj to poss, far 1: 7; obj to
poss, far 2: -5; obj to poss, far 3: -16; obj to poss, far 4: -21; obj to poss, far after: -5; obl to nmod, far 0: 14; obl to nmod, far 2: -16; obl to
nsubj passive: -4; obl to nsubj passive, far 1: 7; obl to nsubj passive, far after: -6; obl to nsubj, far 0: -7; obl to nsubj, far 1: -12; obl to
nsubj, far 2: 10; obl to nsubj, far 3: 4; obl to nsubj, far 4: -4; obl to nsubj, far after: 10; obl to obj: 35; obl to obj, far 0: 8; obl to obj, far
1: 7; obl to obj, far 2: 10; obl to obj, far 3: -3; obl to obj, far 4: 14; obl to obl: -5; obl to obl, far 0: 8; obl to obl, far 2: 4; obl to poss:
-25; obl to poss, far 0: -5; obl to poss, far 1: 10; obl to poss, far 2: -13; obl to poss, far 4: -13; obl to poss, far after: -6; one clause, named
after, nmod, False: 17; one clause, named after, nmod, True: 10; one clause, named after, nsubj, True: 9; one clause, named after, obj, False: -4; one
clause, named after, obl, False: 8; one clause, named after, obl, True: -4; one clause, named after, other, False: 11; one clause, named after, other,
True: -4; one clause, named after, poss, False: -10; one clause, named after, poss, True: 17; one clause, nmod to poss, his: 6; one clause, nsubj
passive to poss, his: 31; one clause, nsubj to nmod, own: 13; one clause, nsubj to nsubj, him: 10; one clause, nsubj to obj, him: -127; one clause,
nsubj to obj, own: 17; one clause, nsubj to obl, him: -51; one clause, nsubj to poss, his: 55; one clause, obj to poss, his: 30; one clause, obl to
nsubj, him: -11; one clause, obl to poss, his: 20; one clause, other to nsubj, him: 22; one clause, poss to nmod, him: -31; one clause, poss to obj,
him: 10; one clause, poss to obl, him: 3; one clause, poss to poss, his: 42; one clause, root to poss, his: 4; other to nmod: -10; other to nmod, far
2: -9; other to nsubj: -10; other to nsubj passive: -16; other to nsubj passive, far 1: -11; other to nsubj, far 0: 8; other to nsubj, far 1: 5; other
to nsubj, far 2: -9; other to nsubj, far 3: 7; other to nsubj, far 4: -18; other to nsubj, far after: -4; other to obj: 7; other to obj, far 0: 4;
other to obj, far 1: -12; other to obj, far 3: -4; other to obj, far 4: 7; other to obj, far after: 13; other to obl: -7; other to poss: 19; other to
poss, far 0: -29; other to poss, far 1: -8; other to poss, far 2: 37; other to poss, far 3: 13; other to poss, far 4: 13; other to poss, far after:
-7; poss to nmod: -33; poss to nmod, far 0: -27; poss to nsubj: 4; poss to nsubj passive: 19; poss to nsubj passive, far 0: 26; poss to nsubj passive,
far 1: 9; poss to nsubj passive, far 3: -8; poss to nsubj passive, far 4: -9; poss to nsubj, far 1: -13; poss to nsubj, far 2: 7; poss to nsubj, far
3: 27; poss to nsubj, far 4: -11; poss to nsubj, far after: -10; poss to obj: 19; poss to obj, far 0: 4; poss to obj, far 1: 35; poss to obj, far 2:
-4; poss to obj, far 3: -11; poss to obj, far 4: -3; poss to obl: 39; poss to obl, far 1: 37; poss to poss: 32; poss to poss, far 0: 12; poss to poss,
far 1: -19; poss to poss, far 2: 36; poss to poss, far 4: -11; poss to poss, far after: 14; pronoun: 72; pronoun, far 0: 17; pronoun, far 1: 30;
pronoun, far 3: 25; quoted False, False: 46; quoted False, True: -42; quoted True, False: -80; quoted True, True: 90; rank 0: 54; rank 0, far 0: 29;
rank 0, far 1: 5; rank 0, far 2: 15; rank 0, far 3: 18; rank 0, far 4: -34; rank 1: 24; rank 1, far 0: 29; rank 1, far 1: 22; rank 1, far 2: 15; rank
1, far 3: -28; rank 1, far 4: 4; rank 1, far after: -17; rank 2: -6; rank 2, far 0: 46; rank 2, far 1: 6; rank 2, far 2: 6; rank 2, far 3: -39; rank
2, far 4: -10; rank 2, far after: -15; rank 3: -33; rank 3, far 1: -6; rank 3, far 2: -22; rank 3, far 3: 13; rank 3, far 4: -13; rank 3, far after:
-7; rank 4: -27; rank 4, far 1: 9; rank 4, far 2: -15; rank 4, far 4: -23; rank 4, far after: 6; root to nmod: 4; root to nsubj: 6; root to nsubj, far
1: 8; root to nsubj, far 2: -11; root to nsubj, far 3: -8; root to nsubj, far 4: 18; root to obj: -12; root to obl: -9; root to obl, far 1: -9; root
to poss, far 0: 12; root to poss, far 1: -11; root to poss, far 4: -12; root to poss, far after: 11; round the other, False: -4; round the other,
True: 6; sex known, described: 122; sex known, named: 10; sex open, described: 20; sex open, named: -139; speaks the quotation: -52; speaks, as the
other did: 70; speaks, as the other did not: -34; speaks, far 0, quoted False: 55; speaks, far 0, quoted True: -45; speaks, far 1, quoted True: -66;
speaks, far 2, quoted False: 18; speaks, far 2, quoted True: -10; speaks, far 3, quoted True: -9; speaks, far 4, quoted False: 37; speaks, far 4,
quoted True: 6; speaks, far after, quoted False: -3; speaks, the other not quoted, far 0: 47; speaks, the other not quoted, far 1: 86; speaks, the
other not quoted, far 2: 57; speaks, the other not quoted, far 3: 39; speaks, the other not quoted, far 4: 29; speaks, the other not quoted, far
after: -6; speaks, the other quoted, far 0: -126; speaks, the other quoted, far 1: -48; speaks, the other quoted, far 2: -11; speaks, the other
quoted, far 3: -25; speaks, the other quoted, far 4: -5
"""


@cache
def weights() -> dict[str, float]:
    """Feature to weight."""
    pairs = (entry.rsplit(": ", 1) for entry in " ".join(WEIGHTS.split()).split("; "))
    return {name: int(value) / 100 for name, value in pairs}
