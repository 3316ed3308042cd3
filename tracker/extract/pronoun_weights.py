"""Weights of antecedent_features.py in hundredths.

Fitted by `training/fit_pronouns.py` on 1,412 pronouns of GUM (train and dev) whose person is annotated, and on 2,123 of
PolNeAR's 840 training articles where titles and given names leave one answer.
"""

from __future__ import annotations

from functools import cache

WEIGHTS = """\
above the other's clause, nmod, nsubj: -12; above the other's clause, nmod, poss: -8; above the other's clause, nsubj, nsubj: 19; above the other's
clause, nsubj, nsubj passive: 10; above the other's clause, nsubj, obj: 3; above the other's clause, nsubj, poss: -11; above the other's clause, obj,
nsubj: -34; above the other's clause, obj, poss: -40; above the other's clause, obl, poss: -8; above the other's clause, other, nsubj: -31; above the
other's clause, poss, nsubj: -5; above the other's clause, poss, poss: 20; below the other's clause, acts, False: 21; below the other's clause, acts,
False, nmod: 11; below the other's clause, acts, False, nsubj: 11; below the other's clause, acts, False, nsubj passive: 7; below the other's clause,
acts, False, obj: 17; below the other's clause, acts, False, obl: -32; below the other's clause, acts, False, poss: 8; below the other's clause, acts,
True: 62; below the other's clause, acts, True, nsubj: 9; below the other's clause, acts, True, nsubj passive: -8; below the other's clause, acts,
True, obj: 22; below the other's clause, acts, True, obl: 7; below the other's clause, acts, True, poss: 29; below the other's clause, quotes, False,
nsubj: 8; below the other's clause, quotes, False, poss: -18; below the other's clause, quotes, True: -76; below the other's clause, quotes, True,
nsubj: -48; below the other's clause, quotes, True, obj: -4; below the other's clause, quotes, True, poss: -26; below the other's clause, says, False:
-34; below the other's clause, says, False, nsubj: -18; below the other's clause, says, False, obj: -15; below the other's clause, says, False, poss:
-12; below the other's clause, says, True: -26; below the other's clause, says, True, nmod: 3; below the other's clause, says, True, nsubj: 9; below
the other's clause, says, True, nsubj passive: -12; below the other's clause, says, True, obj: 43; below the other's clause, says, True, obl: -13;
below the other's clause, says, True, poss: -56; beside the other's clause, False, nsubj: 27; beside the other's clause, False, obj: -19; beside the
other's clause, False, obl: 35; beside the other's clause, False, poss: 29; beside the other's clause, True, nsubj: 26; beside the other's clause,
True, nsubj passive: 7; beside the other's clause, True, obj: 18; beside the other's clause, True, obl: 22; beside the other's clause, True, poss: 30;
described 0: -80; far 0: 103; far 0, nmod: -23; far 0, nsubj: 5; far 0, nsubj passive: 51; far 0, obj: 27; far 0, obl: 26; far 0, other: -14; far 0,
poss: 29; far 1: 37; far 1, nmod: -8; far 1, nsubj: 27; far 1, nsubj passive: -13; far 1, obj: 8; far 1, obl: 15; far 1, other: -21; far 1, poss: 42;
far 1, root: -12; far 2, nmod: -16; far 2, nsubj: -22; far 2, obj: -6; far 2, obl: -15; far 2, other: 24; far 2, poss: 18; far 2, root: 17; far 3:
-39; far 3, nmod: -33; far 3, nsubj passive: 10; far 3, obj: 18; far 3, obl: -17; far 3, other: -15; far 3, poss: 10; far 3, root: -8; far 4: -69; far
4, nmod: -4; far 4, nsubj: -15; far 4, nsubj passive: 15; far 4, obj: -9; far 4, obl: -31; far 4, other: 27; far 4, poss: -38; far 4, root: -13; far
after: -10; far after, nmod: -21; far after, nsubj: 22; far after, obj: -16; far after, obl: -4; far after, other: -12; far after, poss: 12; far
after, root: 11; inside the other's phrase, False: -21; inside the other's phrase, True: 67; known False: 12; known True: 8; lately meant 0: -38;
lately meant 1: 16; lately meant 2: 33; lately meant 3: 10; leads its sentence, far 0: 8; leads its sentence, far 1: 10; leads its sentence, far 2:
21; leads its sentence, far 3: 4; leads its sentence, far 4: 21; leads its sentence, far after: 8; name: 6; name, far 0: 71; name, far 1: 51; name,
far 2: -25; name, far 3: -43; name, far 4: -38; name, far after: -10; named 0: -5; named 1: -4; named 2: 32; named 3: 23; named 4: 53; nmod to nmod:
-11; nmod to nmod, far 1: -5; nmod to nmod, far 3: -4; nmod to nsubj: -24; nmod to nsubj passive, far 4: -3; nmod to nsubj, far 0: -39; nmod to nsubj,
far 1: 10; nmod to nsubj, far 2: 16; nmod to nsubj, far 3: -8; nmod to nsubj, far 4: 16; nmod to nsubj, far after: -19; nmod to obj: -30; nmod to obj,
far 0: -9; nmod to obj, far 1: -7; nmod to obj, far 3: -4; nmod to obj, far 4: -6; nmod to obl: -17; nmod to obl, far 0: -18; nmod to obl, far 1: 9;
nmod to obl, far 2: -5; nmod to other: -5; nmod to poss: -16; nmod to poss, far 0: 47; nmod to poss, far 1: -17; nmod to poss, far 2: -24; nmod to
poss, far 3: -16; nmod to poss, far 4: -8; nobody else: -33; none: -20; none, 1 people: 33; none, 2 people: -36; none, 3 people: -17; none, nmod: -5;
none, nsubj passive: -38; none, obj: 21; none, other: 25; none, poss: -24; none, quoted False: -3; none, quoted True: -17; noun: -58; noun, far 0: 17;
noun, far 1: -32; noun, far 2: 16; noun, far 3: -33; noun, far 4: -26; nsubj passive to nsubj: 26; nsubj passive to nsubj passive: 15; nsubj passive
to nsubj passive, far 1: 12; nsubj passive to nsubj, far 0: 7; nsubj passive to nsubj, far 1: 7; nsubj passive to nsubj, far 2: -8; nsubj passive to
nsubj, far 3: 11; nsubj passive to nsubj, far 4: 9; nsubj passive to obj: 7; nsubj passive to obj, far 0: 10; nsubj passive to obl: -11; nsubj passive
to poss: 5; nsubj passive to poss, far 0: 29; nsubj passive to poss, far 1: -18; nsubj passive to poss, far 2: -11; nsubj passive to poss, far 4: 7;
nsubj to nmod: 34; nsubj to nmod, far 0: 20; nsubj to nmod, far 1: -11; nsubj to nmod, far 2: 4; nsubj to nmod, far 3: 22; nsubj to nsubj: 18; nsubj
to nsubj passive, far 0: -7; nsubj to nsubj passive, far 1: 22; nsubj to nsubj passive, far 2: -9; nsubj to nsubj passive, far 3: -3; nsubj to nsubj
passive, far 4: -4; nsubj to nsubj, far 0: 12; nsubj to nsubj, far 1: 21; nsubj to nsubj, far 2: -17; nsubj to nsubj, far 3: -14; nsubj to nsubj, far
4: 11; nsubj to nsubj, far after: 5; nsubj to obj: -45; nsubj to obj, far 0: -21; nsubj to obj, far 1: -3; nsubj to obj, far 3: -12; nsubj to obj, far
4: -7; nsubj to obl: -9; nsubj to obl, far 0: -17; nsubj to obl, far 1: -11; nsubj to obl, far 2: 10; nsubj to obl, far 3: -3; nsubj to obl, far 4:
13; nsubj to other: 8; nsubj to poss: 11; nsubj to poss, far 0: 12; nsubj to poss, far 1: 5; nsubj to poss, far 2: -6; nsubj to poss, far 3: 8; nsubj
to poss, far 4: -26; nsubj to poss, far after: 18; nsubj to root: -3; obj to nmod: 28; obj to nmod, far 3: -6; obj to nsubj: -6; obj to nsubj passive:
24; obj to nsubj passive, far 1: 37; obj to nsubj, far 0: -18; obj to nsubj, far 1: -28; obj to nsubj, far 2: -4; obj to nsubj, far 3: 32; obj to
nsubj, far 4: 18; obj to nsubj, far after: -7; obj to obj: -10; obj to obj, far 0: 4; obj to obj, far 1: 15; obj to obj, far 2: -18; obj to obj, far
3: -5; obj to obl, far 0: -7; obj to obl, far 1: 6; obj to poss: -7; obj to poss, far 0: 36; obj to poss, far 1: -15; obj to poss, far 4: -22; obj to
poss, far after: -7; obl to nmod: -31; obl to nmod, far 0: -15; obl to nmod, far 2: -16; obl to nsubj: -6; obl to nsubj passive: -13; obl to nsubj
passive, far 1: 4; obl to nsubj passive, far after: -7; obl to nsubj, far 0: 29; obl to nsubj, far 2: 5; obl to nsubj, far 3: -14; obl to nsubj, far
4: -30; obl to obj: 48; obl to obj, far 2: 5; obl to obj, far 3: -4; obl to obj, far 4: 13; obl to obj, far after: 35; obl to obl: -6; obl to obl, far
0: 18; obl to obl, far 2: 5; obl to poss: -20; obl to poss, far 1: 12; obl to poss, far 2: -15; obl to poss, far 3: 4; obl to poss, far 4: -11; obl to
poss, far after: -10; one clause, named after, nmod, False: -7; one clause, named after, nmod, True: 10; one clause, named after, nsubj, True: 4; one
clause, named after, obj, False: -3; one clause, named after, obl, False: -5; one clause, named after, obl, True: -9; one clause, named after, other,
False: -3; one clause, named after, poss, True: 19; one clause, nmod to poss, his: 22; one clause, nsubj passive to poss, his: 25; one clause, nsubj
to nmod, own: 10; one clause, nsubj to obj, him: -122; one clause, nsubj to obj, own: 13; one clause, nsubj to obl, him: -36; one clause, nsubj to
poss, his: 61; one clause, obj to poss, his: 37; one clause, obl to nsubj, him: -10; one clause, obl to poss, his: 3; one clause, other to nsubj, him:
9; one clause, other to poss, his: 12; one clause, poss to nmod, him: -30; one clause, poss to nsubj, him: 5; one clause, poss to obj, him: 27; one
clause, poss to poss, his: 24; one clause, root to poss, his: 19; other to nmod: -4; other to nmod, far 2: -9; other to nsubj: -16; other to nsubj
passive: -17; other to nsubj passive, far 1: -8; other to nsubj passive, far 4: -4; other to nsubj, far 0: -13; other to nsubj, far 1: 19; other to
nsubj, far 2: -23; other to nsubj, far 3: -12; other to nsubj, far 4: 18; other to nsubj, far after: -4; other to obj, far 0: 11; other to obj, far 1:
-11; other to obj, far 4: 5; other to obl: 15; other to obl, far 2: 20; other to other: -13; other to poss: 22; other to poss, far 0: -6; other to
poss, far 1: -18; other to poss, far 2: 39; other to poss, far 3: 3; other to poss, far 4: 9; other to poss, far after: -6; poss to nmod: -29; poss to
nmod, far 0: -26; poss to nsubj: -4; poss to nsubj passive: 32; poss to nsubj passive, far 0: 22; poss to nsubj passive, far 1: 10; poss to nsubj
passive, far 3: 10; poss to nsubj passive, far 4: -11; poss to nsubj, far 0: 7; poss to nsubj, far 1: -7; poss to nsubj, far 2: 8; poss to nsubj, far
3: -4; poss to nsubj, far 4: -7; poss to obj: 22; poss to obj, far 0: 7; poss to obj, far 1: 18; poss to obj, far 2: -5; poss to obj, far 3: 6; poss
to obj, far 4: -5; poss to obl: 39; poss to obl, far 0: -7; poss to obl, far 1: 35; poss to obl, far 3: 12; poss to poss: 14; poss to poss, far 0: 23;
poss to poss, far 1: -15; poss to poss, far 2: 16; poss to poss, far 3: -13; poss to poss, far 4: -13; poss to poss, far after: 16; pronoun: 72;
pronoun, far 0: 15; pronoun, far 1: 18; pronoun, far 2: 8; pronoun, far 3: 37; pronoun, far 4: -6; quoted False, False: 38; quoted False, True: -35;
quoted True, False: -63; quoted True, True: 80; rank 0: 47; rank 0, far 0: 25; rank 0, far 1: 7; rank 0, far 2: 22; rank 0, far 3: 8; rank 0, far 4:
-36; rank 1: 26; rank 1, far 0: 14; rank 1, far 1: 14; rank 1, far 2: 24; rank 1, far 3: -21; rank 1, far 4: -9; rank 1, far after: 4; rank 2: -15;
rank 2, far 0: 52; rank 2, far 1: 24; rank 2, far 2: -16; rank 2, far 3: -36; rank 2, far 4: -7; rank 2, far after: -32; rank 3: -29; rank 3, far 0:
13; rank 3, far 1: -7; rank 3, far 2: -22; rank 3, far after: -13; rank 4: -10; rank 4, far 2: -11; rank 4, far 3: 13; rank 4, far 4: -20; rank 4, far
after: 10; root to nsubj: 11; root to nsubj, far 1: 14; root to nsubj, far 3: -9; root to nsubj, far 4: 7; root to obj: -13; root to obl: -9; root to
obl, far 1: -10; root to poss: 14; root to poss, far 0: 18; root to poss, far 1: -15; root to poss, far 2: 17; root to poss, far 4: -17; root to poss,
far after: 11; round the other, False: -6; sex known, described: 128; sex known, named: 9; sex open, described: 20; sex open, named: -137; speaks the
quotation: -50; speaks, as the other did: 70; speaks, as the other did not: -33; speaks, far 0, quoted False: 72; speaks, far 0, quoted True: -47;
speaks, far 1, quoted False: 4; speaks, far 1, quoted True: -55; speaks, far 2, quoted False: 5; speaks, far 2, quoted True: -6; speaks, far 3, quoted
False: 17; speaks, far 3, quoted True: -11; speaks, far 4, quoted False: 53; speaks, far 4, quoted True: -12; speaks, far after, quoted False: 8;
speaks, the other not quoted, far 0: 21; speaks, the other not quoted, far 1: 85; speaks, the other not quoted, far 2: 60; speaks, the other not
quoted, far 3: 25; speaks, the other not quoted, far 4: 37; speaks, the other not quoted, far after: -5; speaks, the other quoted, far 0: -114;
speaks, the other quoted, far 1: -30; speaks, the other quoted, far 2: -8; speaks, the other quoted, far 3: -23; speaks, the other quoted, far 4: -10
"""


@cache
def weights() -> dict[str, float]:
    """Feature to weight."""
    pairs = (entry.rsplit(": ", 1) for entry in " ".join(WEIGHTS.split()).split("; "))
    return {name: int(value) / 100 for name, value in pairs}
