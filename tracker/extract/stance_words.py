"""Words and turns of phrase by which headlines deny, doubt, pass on or vouch for a story. General English, written by hand."""

from __future__ import annotations

import re
from typing import Final


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


CUES: Final[dict[str, frozenset[str]]] = {
    "untrue": _set(
        "hoax hoaxes hoaxer hoaxed fake fakes faked fakery false falsely falsehood bogus untrue untruth myth myths satire satirical fabricated fabricates "
        "fabrication fabricating parody spoof fiction fictional fictitious phony phoney photoshop photoshopped prank pranked pranks prankster staged stunt "
        "lie lied lies liar lying rubbish nonsense baloney erroneous erroneously fooled fools tricked duped trolled misleading mislead misled wrong wrongly "
        "incorrect inaccurate inaccurately mistaken mistakenly misidentified misinformation disinformation unfounded groundless baseless exaggerated "
        "overblown impossible edited doctored manipulated exposed unreal sham scam fraud fraudulent invented concocted discredited urban legend"
    ),
    "deny": _set(
        "deny denies denied denying denial denials refute refutes refuted refuting reject rejects rejected dismiss dismisses dismissed dismissing dispute "
        "disputes disputed rebut rebuts rebutted rebuff rebuffs rebuffed debunk debunks debunked debunking disprove disproves disproved disproven slam slams "
        "slammed quash quashes quashed contradict contradicts contradicted repudiate repudiates retract retracts retracted retraction retractions correction "
        "corrections corrected apology apologizes apologises apologized apologised clarifies disavow disavows bust busts busted squash squashes blasts "
        "scoffs disowns walks downplays downplay withdraws withdrawn removes removed pulls pulled"
    ),
    "not": _set(
        "not no n't never nobody none without isn't wasn't didn't doesn't don't won't hasn't haven't hadn't aren't weren't can't cannot couldn't wouldn't "
        "shouldn't ain't neither nor nothing nope non sorry isnt didnt doesnt wasnt"
    ),
    "doubt": _set(
        "doubt doubts doubted doubtful skeptical skeptics skepticism sceptical sceptics scepticism unlikely questionable dubious suspicious really actually "
        "unclear conflicting inconclusive"
    ),
    "well": _set("alive safe unharmed unhurt fine well free freed recovering secure"),
    "rumour": _set("rumor rumors rumour rumours rumored rumoured speculation gossip unconfirmed unverified viral mystery theory buzz whispers chatter"),
    "report": _set("report reports reported reportedly according reporting"),
    "claim": _set(
        "claim claims claimed claiming alleged alleges allege allegedly purported purportedly purports purport supposed supposedly so-called accused accuses "
        "accuse accusing accusation accusations self-proclaimed allegation allegations insists insist boasts boast"
    ),
    "say": _set("says say said tells told source sources official officials insider insiders analyst analysts expert experts intel authorities spokesman"),
    "maybe": _set(
        "may might could possible possibly perhaps maybe likely probably potential potentially apparently apparent seems seem seemingly appears appear "
        "appearing looks would can"
    ),
    "think": _set(
        "suspected suspect suspects believed believe believes think thinks thought feared fear fears suggests suggest suggested hints hint indicates indicate "
        "points expects expected expect predicts predicted prediction forecasts forecast estimates estimate sees hope hopes"
    ),
    "plan": _set(
        "considering considers consider mulls mulling eyes eyeing talks looking wants aims plans planning tries trying seeks ponders weighs tipped nears"
    ),
    "probe": _set(
        "investigate investigating investigates investigation probe probing probes checks check examines examining looks verify verifying authenticate "
        "authenticating inquiry identified identify identifies analyzing analysing"
    ),
    "vouch": _set(
        "confirms confirmed confirm confirming confirmation official officially proves proof prove yes indeed real true truth admits admit admitted verified "
        "reveals revealed reveal genuine authentic announces announced announce unveils acknowledges"
    ),
    "seen": _set("video footage photo photos picture pictures audio image images tape recording clip"),
}
AUXILIARIES: Final = _set("did do does is are was were has have had can could will would should might may")
HARM: Final = _set(
    "dead died dies die dying killed kill kills killing death murdered captured kidnapped abducted arrested detained shot stolen fired beheaded executed "
    "injured wounded hurt hospitalized disowned quarantined missing crashed jailed banned cancelled canceled"
)
"""What a person or thing that is "alive", "safe" or "free" has not met with."""

TURNS: Final[dict[str, re.Pattern[str]]] = {
    name: re.compile(pattern, re.IGNORECASE)
    for name, pattern in {
        "refuting": r"\b(?:ma(?:de|ke|kes|king) (?:it |that |this |them )?(?:all )?up|(?:put|puts|laid?|lays) .{0,30}\bto rest|record straight|too good to"
        r"|casts? doubt|doubts? (?:is |are |was |were )?(?:cast|raised)|rais\w+ (?:serious |new )?doubts?|questions? whether|turns? out"
        r"|(?:not|n't) (?:\w+ )?(?:real|true|a thing|happening|what it|all it|so fast|quite|by)|fell for|falls? for|people (?:actually )?believed|b\.?s\.?"
        r"|bullshit|misinformation|disinformation|pants on fire|contrary to|shoot\w* down|shot down|knock\w* down|not so fast|calm down|no,|nope|non,"
        r"|no (?:hard |real |solid |credible )?(?:evidence|proof|sign|truth|basis)|kill\w* .{0,20}rumou?rs?|despite .{0,20}(?:reports?|rumou?rs?|claims?)"
        r"|(?:death|internet|online|viral) hoax|never (?:was|were|happened|existed|said|did)|was never|did(?:n't| not)|won't|will not|has(?:n't| not)"
        r"|is (?:still )?alive|(?:not|n't) (?:actually|really|exactly)|debunk\w*|hoax(?:es|er|ed)?\b(?! rumou?rs)|fact[ -]check|set straight)",
        "denying": r"\b(?:den(?:y|ies|ied|ying)|refut\w+|rebuff\w*|reject\w*|dismiss\w*|disput\w+|disprov\w+|debunk\w*|quash\w*|rebut\w*|contradict\w*"
        r"|(?:shoots?|shot|shooting) down|laughs? off|brush\w* (?:off|aside)|scoffs?|slams?|(?:knocks?|bats?|swats?) (?:down|away)|pour\w* cold water)\b",
        "denying a denial": r"\b(?:confirm (?:or|nor) deny|not deny|n't deny|den\w+ .{0,30}(?:hoax|fake|fals\w+|lying|lied|fabricat\w+|stag(?:ed|ing)))",
        "vouching": r"\b(?:not|no|n't|never|denies|denied)\b (?:\w+ ){0,3}(?:hoax|fake|faked|false|lying|lie|lies|mistake)\b|insist\w* .{0,40}(?:not|real|true)"
        r"|is real\b|for real\b|prov\w+ .{0,40}(?:real|no hoax)",
        "said at the end": r"(?:[,:–-] ?|\s)(?:reports?|sources?|officials?|(?:\w+ )?(?:says?|said|claims?|reports?)|rumou?r|paper|watchdog"
        r"|WSJ|NYT|CNN|NBC|CBS|ABC|BBC|Reuters|AP|AFP|Bloomberg|FT|DJ|TMZ)\W*$",
        "said at the start": r"^\W*(?:\w+ )?(?:reports?|rumou?rs?|sources?|claims?|officials?|analysts?|unconfirmed|breaking)\b\s*:?",
        "holding back": r"\b(?:may|might|could|possibl[ey]|perhaps|likely|probably|reportedly|allegedly|apparently|purported(?:ly)?|supposed(?:ly)?|rumou?red"
        r"|said to|believed to|thought to|feared|suspected|expected|appears? to|seems? to|claims? to|considering|mull\w*|in talks|nears?|set to|about to"
        r"|looking (?:to|at)|planning|eye(?:s|ing)?|suggests?|hints?)\b",
        "leaving open": r"\b(?:fake or|real or|or hoax|or fake|true or|fact or|or fiction)\b",
    }.items()
}
FUNCTION: Final = _set(
    "the a an of in on at to for and or but as by from with over after before into out up off about that who which is are was were be been being has have had "
    "will would his her its their he she they it this these those than more most new ? ! :"
)
"""Words that put no content: their agreement says nothing."""
