"""When two printed names are one party: people by surname and given name, bodies by acronym and bare name, spelling variants."""
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tracker.text import fold


def word_set(words: str) -> frozenset[str]:
    """The words of a list written with blanks between."""
    return frozenset(words.split())


_PARTICLES = word_set("al el bin bint ibn van von der den de del della la le da dos du di st")
_TITLES = word_set(
    "mr mrs ms miss dr sir dame lord lady president vice prime minister secretary senator sen rep representative congressman congresswoman gov governor "
    "general gen maj col lt capt sgt adm admiral judge justice king queen prince princess pope attorney chief spokesman spokeswoman spokesperson")
_COUNTRY = ("united states of america", "united states", "united kingdom", "u s", "us", "american", "british", "uk", "u k")
_SCOPE = word_set("office team staff international inc corp corporation company co ltd llc plc group news agency newspaper network service magazine media")
_SHORT = {  # given names whose short form is not their beginning
    "bob": "robert", "bobby": "robert", "bill": "william", "billy": "william", "dick": "richard", "rick": "richard", "jim": "james", "jimmy": "james",
    "jack": "john", "ted": "edward", "ned": "edward", "chuck": "charles", "hank": "henry", "harry": "henry", "peggy": "margaret", "betty": "elizabeth",
    "liz": "elizabeth", "beth": "elizabeth", "kate": "katherine", "katie": "katherine", "tony": "anthony", "mike": "michael", "rudy": "rudolph",
    "sasha": "aleksandr", "volodya": "volodymyr", "misha": "mikhail", "dima": "dmitry",
}
_SOUNDS = (  # spellings of one sound when names come from another script
    ("tsch", "ch"), ("tch", "ch"), ("shch", "sh"), ("zh", "z"), ("kh", "h"), ("ph", "f"), ("ck", "k"), ("x", "ks"), ("w", "v"), ("ou", "u"), ("oo", "u"),
    ("dj", "j"), ("q", "k"), ("oe", "o"), ("ue", "u"), ("ae", "a"), ("iy", "y"), ("yi", "y"), ("ij", "y"), ("ii", "y"), ("j", "y"), ("i", "y"),
)
NEAR_LENGTH = 6  # letters a surname needs before one differing letter may be a spelling: below it ("Stone", "Stowe") it is mostly another name


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name cut up: spelling-tolerant surname, given names in order."""

    surname: str
    given: tuple[str, ...]
    plain: str


@lru_cache(maxsize=100_000)
def person_name(printed: str) -> PersonName:
    """The name without titles and particles."""
    words: list[str] = re.findall(r"[^\W\d_]+", fold(printed).replace("'s ", " "))
    bare = [w for w in words if w not in _PARTICLES] or words
    while len(bare) > 1 and bare[0] in _TITLES:
        bare = bare[1:]
    if not bare:
        return PersonName("", (), "")
    return PersonName(spelling(bare[-1]), tuple(bare[:-1]), bare[-1])


@lru_cache(maxsize=100_000)
def spelling(word: str) -> str:
    """One form for the spellings of a name from another script ("Zelensky", "Zelenskyy", "Zelenskiy")."""
    for printed, sound in _SOUNDS:
        word = word.replace(printed, sound)
    return re.sub(r"(.)\1+", r"\1", word)


def given_agree(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """The first given names can be one ("Chris" and "Christopher", "D." and "Donald", "Bob" and "Robert") and no middle initial differs."""
    if not left or not right:
        return True
    a, b = _SHORT.get(left[0], left[0]), _SHORT.get(right[0], right[0])
    short, long = sorted((spelling(a), spelling(b)), key=len)
    if not (short == long or (len(short) != 2 and long.startswith(short))):
        return False
    return len(left) < 2 or len(right) < 2 or left[1][0] == right[1][0]


def near_spelling(left: str, right: str) -> bool:
    """Surnames one letter apart, long enough for that to be a spelling."""
    if left == right or min(len(left), len(right)) < NEAR_LENGTH or abs(len(left) - len(right)) > 1:
        return left == right
    short, long = sorted((left, right), key=len)
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[at + 1:] == long[at + 1:] or short[at:] == long[at + 1:]


def person_clusters(names: list[str]) -> dict[str, str]:
    """Each printed name to the fullest name of its person; a name that fits several people ("J. Lee") stays alone."""
    by_surname: dict[str, list[str]] = {}
    for name in sorted(set(names)):
        by_surname.setdefault(person_name(name).surname, []).append(name)
    out: dict[str, str] = {}
    for group in by_surname.values():
        people: list[list[str]] = []
        for name in sorted(group, key=lambda n: (-sum(map(len, person_name(n).given)), n)):
            fitting = [p for p in people if all(given_agree(person_name(name).given, person_name(m).given) for m in p)]
            if len(fitting) == 1:
                fitting[0].append(name)
            else:
                people.append([name])
        out.update({n: p[0] for p in people for n in p})
    return out


@dataclass(frozen=True, slots=True)
class BodyName:
    """A body's name cut up: its bare words, and the acronym it is printed with or is."""

    words: tuple[str, ...]
    acronym: str


@lru_cache(maxsize=100_000)
def body_name(printed: str) -> BodyName:
    """Words without article, possessor's mark and leading country; "Main Directorate (HUR)" has the acronym HUR."""
    inner = re.search(r"\(([A-Z][A-Za-z.&]{1,7})\)", printed)
    outer = re.sub(r"\([^)]*\)", " ", printed)
    low = re.sub(r"[^\w]+", " ", fold(outer).replace("'s", "")).strip()
    low = re.sub(r"^(?:the|a|an) ", "", low)
    for country in _COUNTRY:
        if low.startswith(country + " "):
            low = low[len(country) + 1:]
            break
    words = tuple(low.split())
    bare = outer.strip().removeprefix("the ").removeprefix("The ").replace(".", "")
    is_acronym = bool(re.fullmatch(r"[A-Z][A-Za-z&]{1,7}", bare)) and sum(c.isupper() for c in bare) >= 2 and bare.upper() == bare
    return BodyName(words, inner.group(1).replace(".", "").lower() if inner else bare.lower() if is_acronym else "")


def initials(words: tuple[str, ...]) -> str:
    """First letters without the small words."""
    return "".join(w[0] for w in words if w not in {"of", "the", "and", "for", "on", "in", "to"})


def same_body(left: BodyName, right: BodyName) -> str:
    """Why two names are one body: "name", "acronym", "short name"; "" if they are not."""
    if left.words and left.words == right.words:
        return "name"
    if core(left) == core(right) != ():
        return "short name"
    for a, b in ((left, right), (right, left)):
        if a.acronym and len(a.acronym) >= 3 and len(a.words) == 1 and (b.acronym == a.acronym or (len(b.words) > 1 and initials(b.words) == a.acronym)):
            return "acronym"
    return ""


def core(name: BodyName) -> tuple[str, ...]:
    """The words without closing ones that only say what kind of body it is ("Harbour Club International", "the port director's office")."""
    end = len(name.words)
    while end and name.words[end - 1] in _SCOPE:
        end -= 1
    return name.words[:end]


def body_clusters(names: list[str]) -> dict[str, str]:
    """Each printed name to the longest name of its body; a name that fits several bodies stays alone."""
    bodies: list[list[str]] = []
    by_word: dict[str, list[int]] = {}
    out: dict[str, str] = {}
    for name in sorted(set(names), key=lambda n: (-len(body_name(n).words), n)):
        cut = body_name(name)
        near = sorted({i for w in _handles(cut) for i in by_word.get(w, ())})
        fitting = [i for i in near if any(same_body(cut, body_name(m)) for m in bodies[i])]
        exact = [i for i in fitting if any(body_name(m).words == cut.words for m in bodies[i])]
        fitting = exact or fitting
        if len(fitting) == 1:
            place = fitting[0]
            bodies[place].append(name)
        else:
            place = len(bodies)
            bodies.append([name])
        for word in _handles(cut):
            by_word.setdefault(word, []).append(place)
        out[name] = bodies[place][0]
    return out


def _handles(cut: BodyName) -> list[str]:
    """Words by which names of one body find each other."""
    return [*(cut.words[:1]), *([cut.acronym.lower()] if cut.acronym else []), initials(cut.words)]
