"""Words that turn a statement round, and acts told from the other party's side. Closed lists, written by hand."""

from __future__ import annotations

from typing import Final

POLARITY: Final = frozenset("deny refuse decline fail refute dispute reject lack".split())
"""Lemmas that turn a statement round like "not" does, which the parts of a mention already tell."""

WRONGDOING: Final = "wrongdoing"
"""The act of a mention that says or denies that something wrong was done, whatever its verb."""

CONVERSE: Final = frozenset("lose receive borrow get inherit undergo suffer follow buy purchase rent hire learn hear".split())
"""Acts whose subject is the party that the opposite act is done to: who "loses to" somebody is beaten by them."""

_PAIRS: Final = [
    pair.split()
    for pair in (
        "rise fall,rise drop,rise decline,increase decrease,increase fall,increase drop,accept reject,accept refuse,approve reject,"
        "approve oppose,support oppose,back oppose,back reject,allow ban,allow forbid,allow prohibit,permit ban,permit forbid,open close,open shut,"
        "open seal,start end,start stop,begin end,begin stop,begin finish,continue stop,confirm deny,admit deny,acknowledge deny,arrive leave,"
        "arrive depart,enter leave,enter exit,join leave,join quit,arrest release,"
        "detain release,free jail,convict acquit,guilty innocent,guilty acquit,condemn praise,criticize praise,blame praise,raise lower,raise cut,"
        "raise reduce,expand shrink,expand cut,grow shrink,strengthen weaken,attack defend,advance retreat,build demolish,build destroy,create abolish,"
        "impose lift,hire fire,appoint dismiss,appoint fire,elect oust,agree disagree,agree refuse,live die,survive die,survive kill,alive dead,"
        "safe dangerous,legal illegal,true false,old new,first last,more less,more fewer,high low,up down,before after,male female,man woman,"
        "boy girl,north south,east west,northern southern,eastern western,left right,public private,pass fail,succeed fail,remember forget,"
        "keep abandon,keep drop,protect endanger,worsen improve,delay hasten,postpone advance,resume suspend,resume halt,uphold overturn,uphold strike,"
        "extend cancel,extend cut,push pull,import export,friend enemy,ally enemy,war peace,day night,morning evening,victory defeat,profit loss"
    ).split(",")
]
OPPOSITES: Final = {w: frozenset(b if w == a else a for a, b in _PAIRS if w in (a, b)) for pair in _PAIRS for w in pair}
"""Lemmas and what a statement cannot have in their place."""

SOLE: Final = frozenset(
    "kill murder assassinate shoot stab poison bomb torch win beat defeat buy acquire purchase found invent author order plant steal kidnap abduct".split()
)
"""Acts that one party does to one thing: who says that another did it excludes the first. "Condemned" or "attended" are not: many can."""

CALENDAR: Final = frozenset(
    (
        "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december "
        "today yesterday tomorrow morning afternoon evening night week month year day early late last next jan feb mar apr jun jul aug sep sept oct nov dec"
    ).split()
)
"""Words of a date, set aside where two statements differ in their dates."""
