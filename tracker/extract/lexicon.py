"""Word lists of English news prose that attribution, hedges and the test for checkable facts read from.

All are general vocabulary, written by hand; none names a person, a body or an event.
"""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Verbs that put words or knowledge in someone's mouth; their clause complement or quotation is the content.
SAY = _set(
    "say tell add note state announce report claim allege argue insist maintain assert declare explain disclose reveal confirm acknowledge "
    "admit concede warn stress emphasize emphasise reiterate suggest indicate estimate predict forecast write tweet post testify recall remark observe "
    "contend conclude find show determine assess describe comment respond reply answer complain recount caution speculate quip "
    "believe think hint imply signal identify read repeat stipulate learn quote cite relay affirm attest certify clarify mention "
    "conjecture calculate boast joke lament reason recommend request swear underline underscore vow warrant counter elaborate establish hold "
    "document record detail outline characterize characterise voice"
)
# Verbs that carry a quotation but never a that-clause.
SAY_QUOTED = _set("continue go begin joke quip conclude sum shout cry exclaim whisper laugh sigh urge thank ask plead implore warn lament muse offer")
# Verbs whose object is the hearer: a "that" after it opens the content, not a relative clause.
TELL = _set("tell inform assure warn remind notify brief")
# Verbs that only name the act of speaking: without content they put no claim.
ONLY_SPEAK = _set("say tell")
# Of these, verbs that report a fact even when their object is a plain noun phrase ("reported the arrival of ...").
SAY_WITH_OBJECT = _set(
    "report announce confirm reveal disclose claim allege describe acknowledge admit predict estimate identify document record detail "
    "outline establish note warn speculate mention cite suggest release publish stress underline reiterate recount"
)
DENY = _set("deny dispute dismiss reject refute rebut contradict disavow debunk disprove repudiate challenge bat decry contest")
VERIFY = _set("confirm verify corroborate authenticate substantiate validate ascertain establish determine")
# Public acts done by speaking: the act itself is the news and its doer is whom the article credits.
SPEECH_ACTS = _set(
    "urge call demand praise congratulate welcome condemn criticize criticise thank apologize apologise threaten pledge promise vow appeal "
    "applaud accuse blame defend denounce blast slam lash express pray propose brush reflect commend hail honor honour deny dispute "
    "dismiss reject refute rebut contradict challenge signal acknowledge admit agree refuse decline advise recommend assail"
)
ASK = _set("ask question wonder inquire enquire")
REFUSE = _set("refuse decline fail")  # before a verb of saying: what follows is not said
ACCUSE = _set("accuse suspect convict charge blame")
DOCUMENT_VERBS = _set("show indicate suggest reveal read find conclude state say stipulate describe detail establish note report require mandate provide")
SILENT = _set("comment respond reply answer discuss elaborate provide return disclose say speak offer give identify name")

# Nouns that hold a content clause or a plain content ("the claim that ...", "allegations of ...").
CONTENT_NOUNS = _set(
    "report claim allegation statement accusation assertion announcement suggestion warning rumor rumour speculation testimony story article "
    "news finding assessment complaint charge contention conclusion account estimate prediction belief fear indication evidence word notice "
    "tweet post message letter memo filing comment remark interview email e-mail briefing confirmation revelation disclosure view theory idea fact "
    "denial declaration pledge promise opinion argument lawsuit suit sign proof"
)
WISH_NOUNS = _set(
    "suggestion idea pledge promise opinion argument view theory belief fear word fact interview briefing sign proof evidence indication prediction"
)
ALLEGATION_NOUNS = _set("claim allegation accusation rumor rumour speculation suggestion charge contention theory complaint")
CHANCES = _set("likelihood possibility probability chance risk danger prospect threat hope fear expectation")  # "the risk that the dam breaks"
REFERRING_NOUNS = _set(
    "report claim allegation accusation rumor rumour speculation suggestion charge story account assertion article coverage statement "
    "information reporting news narrative piece"
)
DOCUMENT_NOUNS = _set(
    "report memo memorandum filing statement document letter notice record data bill law code treaty email e-mail survey study poll census "
    "affidavit complaint indictment lawsuit suit transcript figure statistic website database log release communique communiqué article story "
    "advisory ruling order decree agreement pact contract deal text tweet post message video footage photo image audit review analysis "
    "assessment investigation inquiry project research constitution act regulation resolution protocol"
)
LEGAL_TEXTS = _set("treaty law code bill act constitution agreement pact article clause provision statute regulation resolution protocol contract deal")
PRESS_NOUNS = _set("report article story piece reporting coverage newspaper outlet broadcaster network station channel website magazine agency paper daily")

# Heads of descriptions of people who are not named.
PEOPLE_NOUNS = _set(
    "official officials source sources person people analyst expert witness spokesman spokeswoman spokesperson spokespeople representative aide "
    "adviser advisor lawyer attorney prosecutor investigator officer diplomat lawmaker legislator senator congressman congresswoman leader "
    "member resident villager worker employee staffer colleague friend relative neighbor neighbour doctor nurse scientist researcher "
    "historian critic supporter activist protester opponent republican democrat authority authorities agent soldier commander general minister "
    "president chairman chairwoman director secretary commissioner chief executive editor reporter journalist blogger user survivor victim "
    "passenger eyewitness bystander observer insider veteran defector captain sailor fisherman driver teacher student parent mother father "
    "brother sister son daughter wife husband man woman economist trader broker ally rival candidate politician governor mayor judge juror "
    "professor author pundit commentator ethicist ethic campaigner conservationist "
    "environmentalist firefighter paramedic rescuer somebody someone others many some "
    "clerk pilot guard cook cop priest pastor monk nun rabbi coach tenant guest chef attendant accountant assistant aide consultant sergeant lieutenant "
    "patient client customer neighbour citizen migrant immigrant refugee combatant militant insurgent rebel hostage captive prisoner suspect accused "
    "cousin uncle aunt kid folk grandfather grandmother widow widower boyfriend girlfriend fiance spouse child boy girl teenager youth adult bishop "
    "archbishop cardinal deacon imam cleric mullah ayatollah apprentice expert surgeon midwife pharmacist envoy emissary consul attache delegate"
)
# Endings of nouns for people; "letter" and "order" end so too and are told apart by the lists of documents and bodies.
PEOPLE_SUFFIXES = ("er", "or", "ist", "ian", "man", "woman", "person")
SOURCE_NOUNS = _set("official source person people witness eyewitness insider individual aide diplomat analyst expert observer critic staffer others")
PLURAL_COUNTS = {
    "a": 1,
    "an": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "dozen": 12,
    "single": 1,
    "another": 1,
    "couple": 2,
    "both": 2,
}
ROLE_NOUNS = _set(
    "president minister secretary spokesman spokeswoman spokesperson chairman chairwoman chair director chief commissioner mayor governor "
    "senator representative congressman congresswoman lawmaker leader general colonel commander captain admiral ambassador lawyer attorney counsel judge "
    "prosecutor editor founder executive ceo professor researcher fellow analyst expert author officer sheriff king queen prince pope "
    "chancellor premier deputy aide adviser advisor manager coach owner head official partner actor actress comedian host billionaire doctor "
    "scientist activist historian economist candidate nominee agent detective inspector superintendent bishop rabbi imam cleric reporter correspondent"
)
TITLES = _set(
    "mr mrs ms miss dr prof professor sen senator rep representative gov governor gen general lt col colonel maj major capt captain sgt adm admiral "
    "president vice prime minister secretary chairman chairwoman chief judge justice king queen prince princess pope sir dame lord lady rev "
    "reverend father sister imam ambassador mayor sheriff commissioner director attorney counsel former ex acting deputy foreign defense "
    "defence interior press spokesman spokeswoman spokesperson spokespeople special u.s. us "
    "american russian republican democratic gop speaker officer agent detective "
    "first lady lieutenant commander editor"
)
BODY_NOUNS = _set(
    "ministry department agency office bureau service commission committee council parliament government administration police army military navy force "
    "court congress senate house party union association organization organisation company corporation firm bank institute university center "
    "centre group team campaign embassy directorate board authority authorities kremlin pentagon staff academy foundation network panel task league "
    "federation alliance church hospital laboratory command corps guard patrol "
    "crew fund regulator watchdog prosecutors lawmakers officials investigators intelligence"
)
# What breaks a rule, in nouns, adjectives and verbs: whether something wrong was done is one question, however it is put.
WRONG = _set("wrongdoing impropriety misconduct crime felony corruption collusion fraud malfeasance offence offense illegality")
IMPROPER = _set("improper illegal unlawful wrong unethical inappropriate untoward criminal nefarious")
RULES = _set("law rule regulation statute code")
BREAK = _set("break violate breach flout")
MODALS = {
    "may": "possible",
    "might": "possible",
    "could": "possible",
    "can": "possible",
    "would": "conditional",
    "should": "advice",
    "must": "duty",
    "will": "future",
    "shall": "future",
}
HEDGES = {
    "reportedly": "reported",
    "allegedly": "reported",
    "purportedly": "reported",
    "supposedly": "reported",
    "apparently": "suggested",
    "seemingly": "suggested",
    "possibly": "possible",
    "perhaps": "possible",
    "probably": "possible",
    "likely": "possible",
    "presumably": "suggested",
    "ostensibly": "suggested",
    "potentially": "possible",
    "alleged": "reported",
    "suspected": "suggested",
    "rumored": "reported",
    "rumoured": "reported",
    "unconfirmed": "unconfirmed",
    "unverified": "unconfirmed",
}
SEEM = _set("seem appear look")
NEGATIONS = _set("not n't never no neither nor none nobody nothing without")
UNCLEAR = _set("unclear unknown uncertain unconfirmed unverified")
EVALUATIVE = _set(
    "good bad great terrible horrible despicable disgraceful wonderful beautiful sad happy proud wrong right important shameful outrageous "
    "ridiculous absurd crazy awful fantastic excellent amazing incredible unbelievable disgusting evil brave honest dishonest fair unfair "
    "fake stupid smart strong weak best worst better worse chaotic innocent worthwhile grateful confident honored honoured glad sorry sure clear "
    "hopeful disappointed appropriate inappropriate lovely nice perfect tragic heartbreaking unacceptable despicable dangerous unfortunate"
)
EVALUATIVE_NOUNS = _set(
    "disgrace shame honor honour privilege pleasure mistake joke hoax tragedy disaster failure "
    "success insult outrage nonsense thing kind fight nightmare miracle hero"
)
FEELINGS = _set(
    "hope want wish believe think feel love hate like look know urge thank appreciate "
    "need bless intend pray trust wonder mean care deserve remain stand stay commit respect"
)

_VERBS = SAY | SAY_QUOTED | DENY | VERIFY | SPEECH_ACTS | ASK | ACCUSE | SEEM | FEELINGS | BREAK
_IRREGULAR = {
    "said": "say",
    "told": "tell",
    "wrote": "write",
    "written": "write",
    "found": "find",
    "shown": "show",
    "swore": "swear",
    "sworn": "swear",
    "held": "hold",
    "thought": "think",
    "read": "read",
    "went": "go",
    "gone": "go",
    "denied": "deny",
    "denies": "deny",
    "implied": "imply",
    "testified": "testify",
    "testifies": "testify",
}


def names_person(lemma: str) -> bool:
    """A singular that a person goes by: "clerk", "islander", but not "letter" or "order"."""
    things = BODY_NOUNS | PRESS_NOUNS | DOCUMENT_NOUNS | CONTENT_NOUNS
    return lemma not in things and (lemma in PEOPLE_NOUNS or lemma.endswith(PEOPLE_SUFFIXES))


def known_verb(form: str, lemma: str) -> str:
    """The lemma, or, where the lemmatizer made a word we do not know, the verb of these lists that the form regularly comes from."""
    if lemma in _VERBS:
        return lemma
    if form in _IRREGULAR:
        return _IRREGULAR[form]
    for ending, stems in (("ied", ("y",)), ("ies", ("y",)), ("ing", ("", "e")), ("ed", ("", "e")), ("es", ("", "e")), ("s", ("",))):
        if form.endswith(ending):
            base = form[: -len(ending)]
            for stem in [*(base + s for s in stems), base[:-1] if len(base) > 2 and base[-1:] == base[-2:-1] else base]:
                if stem in _VERBS:
                    return stem
    return lemma


def verb_forms(verb: str) -> frozenset[str]:
    """Regular third-person, past and -ing forms of a verb."""
    base = verb[:-1] if verb.endswith("e") else verb
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return frozenset({verb, verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"})
    return frozenset({verb, verb + ("es" if verb.endswith(("s", "sh", "ch", "x")) else "s"), base + "ed", base + "ing"})


HEADLINE_WORDS = frozenset(f for v in _VERBS for f in verb_forms(v)) | frozenset(_IRREGULAR)
