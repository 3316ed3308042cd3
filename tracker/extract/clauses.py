"""Clauses of a parsed sentence: the units that can put a claim.

Every token belongs to the nearest clause head above it. Finite clauses, content clauses and longer participial clauses stand on
their own; infinitives, short participles and fragments stay with the clause they hang on (Universal Dependencies labels).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.extract import lexicon as lex
from tracker.extract.relatives import antecedent, object_noun
from tracker.extract.tree import Tree

_CLAUSAL = {"root", "parataxis", "ccomp", "advcl", "acl", "csubj", "conj", "appos", "dep", "list"}
_CIRCUMSTANCE = frozenset("when whenever once if unless until till after before as since than where so lest".split())
_ISSUES = frozenset("issue release write publish post send give make file put".split())  # who issues a statement says what it says
_TIMES = frozenset({"after", "before", "until"})
_ANYBODY = frozenset("those anyone anybody everyone everybody someone somebody".split())
_MANNER = frozenset("way time day moment reason place extent degree".split())
_FACTUAL = frozenset({"as", "after"})
_LIKE_PREPOSITIONS = frozenset("following including regarding concerning".split())  # participles that only lead in a noun: "following complaints"
LEAST_FACT = 6  # words of such a clause; shorter ones ("as he left") only say when
SHORT_RUN = 5  # words of an unbroken run below which the clause's whole stretch is shown: "is investigating" alone tells nothing
FAR_TEXT = 9  # words before "saying" in which the text that says so stands
MOST_OPENING = 4  # words in which the joining word of a clause stands: "a few hours after"
LEAST_CONJUNCT = 5  # words of a second verb without subject ("and closed the port to ships"); 3, 5, 7 give recall .870 to .875 on the cases, b3_f1 alike
LEAST_PARTICIPLE = 4  # words from which a participial clause ("warning residents that ...") is a unit of its own; shorter ones are modifiers


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause: its head token and its own tokens in order."""

    head: int
    tokens: tuple[int, ...]


def find_clauses(tree: Tree) -> list[Clause]:
    """The clauses of a sentence by position of their heads; together they hold every token once."""
    heads = {n for n in range(len(tree)) if _stands_alone(tree, n)} | {tree.root}
    owned: dict[int, list[int]] = {h: [] for h in sorted(heads)}
    for n in range(len(tree)):
        at = n
        while at not in heads:
            at = tree.heads[at]
        owned[at].append(n)
    return [Clause(h, tuple(tokens)) for h, tokens in owned.items()]


def _stands_alone(tree: Tree, n: int) -> bool:
    """The subtree of n is a clause of its own."""
    dep = tree.base(n)
    if dep not in _CLAUSAL or not tree.is_predicate(n):
        return False
    if dep == "root":
        return True
    if dep in {"appos", "dep", "list", "conj"} and not (tree.is_verb(n) or tree.first(n, "cop") is not None):
        return False
    if dep == "parataxis" and not tree.is_verb(n) and tree.first(n, "cop") is None and _after_comma(tree, n):
        return False  # ", most of them islanders": a description
    if dep == "advcl" and _open_question(tree, n):
        return True
    if dep in {"acl", "advcl"} and tree.tags[tree.heads[n]] in {"WP", "WRB", "WDT"}:
        return False  # "what appears to be a raid", "where the parts were made" is one noun phrase
    if dep in {"acl", "advcl"} and _named_question(tree, n):
        return False
    if dep == "acl" and tree.lemmas[tree.heads[n]] in _MANNER and not _after_comma(tree, n):
        return False  # "the way they use power"
    if dep == "acl" and (tree.lower[tree.heads[n]] in _ANYBODY or _defines(tree, n)):
        return False  # "those who want to speak", "she is the only captain who can steer it"
    if tree.lower[n] in _LIKE_PREPOSITIONS and tree.first(n, "nsubj", "aux") is None:
        return False
    if dep == "acl" and any(tree.lower[m] in _CIRCUMSTANCE for m in tree.kids(n, "mark")) and not _after_comma(tree, n):
        return False  # "took effect after papers were exchanged", hung on the noun before it
    if dep == "advcl" and (_subordinate(tree, n) or tree.base(tree.heads[n]) == "case"):
        return False
    if dep == "acl" and any(tree.lower[k] in {"where", "when", "whose", "why", "whom"} for c in tree.children[n] for k in tree.subtree(c)[:2] if k < n):
        return False
    loose = tree.tags[n] in {"VBG", "VBN", "VBD"} and tree.first(n, "nsubj") is None
    if loose and tree.lemmas[n] in {"speak", "use", "base", "ask", "appear", "stand", "sit"} and dep == "advcl":
        return False
    finite = _finite(tree, n)
    infinitive = tree.tags[n] == "VB" and any(tree.lower[c] == "to" for c in tree.children[n])
    if dep == "conj":
        first = _first_conjunct(tree, n)
        if tree.base(first) in {"advcl", "acl", "ccomp"} and not _stands_alone(tree, first):
            return False
        if _shares_modal(tree, n):
            return False
        return finite and (tree.first(n, "nsubj", "csubj") is not None or len(tree.subtree(n)) >= LEAST_CONJUNCT) and tree.base(first) != "xcomp"
    if dep == "ccomp" and not _framed(tree, tree.heads[n]):
        return False
    if dep == "csubj" and not finite:
        return False  # "hunting in the parks would help": an act is named, not told
    if dep in {"ccomp", "parataxis", "csubj"}:
        return not infinitive
    if infinitive:
        return False
    if dep == "acl" and tree.first(n, "nsubj") is not None and any(tree.lower[m] == "that" for m in tree.kids(n, "mark")):
        return True  # "reports that three men drowned": a clause with its own subject, however its verb was tagged
    if tree.tags[n] in {"VBG", "VBN"} and not finite:
        loose = _after_comma(tree, n) and tree.first(n, "case", "mark") is None
        return loose and len(tree.subtree(n)) >= LEAST_PARTICIPLE
    return finite and len(tree.subtree(n)) >= 3


def _framed(tree: Tree, head: int) -> bool:
    """The word above puts its clause in somebody's mouth; a negated verb of saying ("did not say that") keeps it as part of its own clause."""
    if tree.is_verb(head):
        lemma = tree.lemmas[head]
        refused = tree.base(head) == "xcomp" and tree.lemmas[tree.heads[head]] in lex.REFUSE
        negated = refused or any(tree.lower[c] in lex.NEGATIONS for c in tree.children[head])
        whether = any(tree.lower[c] in {"whether", "if"} for c in tree.subtree(head))
        if whether and any(tree.lower[c] in lex.UNCLEAR for c in tree.kids(head, "xcomp")):
            return True
        return lemma in lex.SAY | lex.DENY | lex.VERIFY | lex.ASK | lex.SAY_QUOTED and (not negated or lemma in lex.VERIFY or whether)
    return tree.tags[head].startswith("NN") or tree.lower[head] in lex.UNCLEAR | {"clear", "certain", "known", "true"} or not tree.is_predicate(head)


def _open_question(tree: Tree, n: int) -> bool:
    """ "unclear if ...", "remained unclear whether ...": the clause is what is not known."""
    above = tree.heads[n]
    unclear = [above, *tree.kids(above, "xcomp")]
    return any(tree.lower[k] in lex.UNCLEAR for k in unclear) and any(tree.lower[m] in {"if", "whether"} for m in tree.kids(n, "mark"))


def _defines(tree: Tree, n: int) -> bool:
    """A relative clause that belongs to what something is said to be, or to what there is: "is the captain who ...", "there are captains who ..."."""
    noun = tree.heads[n]
    there = tree.base(noun) == "nsubj" and any(tree.lower[c] == "there" for c in tree.kids(tree.heads[noun], "expl"))
    named = tree.tags[noun].startswith("NN") and (there or tree.first(noun, "cop") is not None)
    return named and not _after_comma(tree, n) and tree.first(n, "mark") is None


def _named_question(tree: Tree, n: int) -> bool:
    """ "statements about how he would pay": a preposition leads in what is asked, so it is named, not told. Not so "whether", which puts what is in doubt."""
    first = [k for k in tree.subtree(n)[:2] if k < n]
    return len(first) == 2 and tree.tags[first[0]] == "IN" and tree.tags[first[1]] in {"WP", "WRB", "WDT"} and tree.lower[first[0]] not in _CIRCUMSTANCE


def _subordinate(tree: Tree, n: int) -> bool:
    """A clause of time, place or condition: it says when its main clause holds and is read with it.

    Not so a full clause set off with "as" or "after": "..., as several of the crates may have passed the port" puts a fact of its own.
    """
    puts_fact = any(tree.lower[m] in _FACTUAL for m in tree.kids(n, "mark")) and tree.first(n, "nsubj") is not None and _finite(tree, n)
    ahead = any(tree.tags[c] == "MD" for c in tree.kids(tree.heads[n], "aux"))  # "will start after both have signed" does not say that they have
    if puts_fact and not ahead and _after_comma(tree, n) and len(tree.subtree(n)) >= LEAST_FACT:
        return False
    opening = tree.subtree(n)[0]  # "after the storm spread": it may have been hung on the storm
    return tree.lower[opening] in _TIMES or any(tree.lower[m] in _CIRCUMSTANCE for m in tree.kids(n, "mark", "advmod", "case"))


def _after_comma(tree: Tree, n: int) -> bool:
    """The clause is set off by a comma or dash, or opens the sentence."""
    first = min(tree.subtree(n))
    return first == 0 or tree.words[first - 1] in {",", "-", "--", "—", ";"} or tree.words[first] in {",", "--", "—"}


def _shares_modal(tree: Tree, n: int) -> bool:
    """ "would bring money and raise hopes": the second verb, though its form may be a present, stands under the first one's modal."""
    bare = tree.tags[n] in {"VB", "VBP"} and tree.lower[n] == tree.lemmas[n] and tree.first(n, "nsubj", "csubj", "aux", "cop") is None
    return bare and any(tree.tags[c] == "MD" for c in tree.kids(_first_conjunct(tree, n), "aux"))


def _first_conjunct(tree: Tree, n: int) -> int:
    while tree.base(n) == "conj" and tree.heads[n] != n:
        n = tree.heads[n]
    return n


def _finite(tree: Tree, n: int) -> bool:
    """The predicate has a tense of its own, or a finite auxiliary or copula."""
    if tree.tags[n] in {"VBD", "VBZ", "VBP", "MD"}:
        return True
    return any(tree.base(c) in {"aux", "cop"} and tree.tags[c] in {"VBD", "VBZ", "VBP", "MD"} for c in tree.children[n])


def subject_of(tree: Tree, n: int) -> int | None:
    """The head of the subject of a predicate, taken over from the clause above where the clause has none; None if there is none.

    A relative pronoun gives the noun it stands for; a passive gives its grammatical subject.
    """
    seen: set[int] = set()
    while n not in seen:
        seen.add(n)
        found = tree.first(n, "nsubj", "csubj")
        if found is not None:
            if tree.tags[found] in {"WDT", "WP"} or (tree.lower[found] == "that" and tree.base(n) == "acl"):
                noun = antecedent(tree, n)
                named = tree.first(noun, "nsubj") if noun is not None and tree.first(noun, "cop") is not None and _after_comma(tree, n) else None
                return named if named is not None and tree.tags[named].startswith("NN") else noun  # "Reed is an adviser, who left": Reed left
            return found
        dep, above = tree.base(n), tree.heads[n]
        loose = len(seen) > 1 or (tree.tags[n] in {"VBG", "VBN"} and _after_comma(tree, n))
        if dep == "acl" and loose and tree.first(above, "cop") is not None:
            n = above  # "Hall is the captain, training two boys": Hall trains them
            continue
        if dep == "acl" and tree.base(above) == "obj" and tree.lemmas[tree.heads[above]] in _ISSUES and tree.lemmas[n] in lex.SAY and tree.tags[n] == "VBG":
            n = tree.heads[above]  # "she issued a statement saying"
            continue
        if dep == "acl":
            return above
        if dep == "advcl" and (text := _text_before(tree, n)) is not None:
            return text
        alleges = dep == "advcl" and tree.tags[n] == "VBG" and tree.lemmas[n] in lex.SAY | lex.DENY and tree.first(n, "mark", "case") is None
        agent = tree.first(above, "obl:agent") if alleges else None
        if agent is not None:
            return agent  # "he was sued by an aide, alleging that he had lied"
        if dep in {"conj", "xcomp", "advcl", "parataxis"} and above != n and (tree.is_predicate(above) or dep == "conj"):
            n = above
            continue
        return None
    return None


def _text_before(tree: Tree, n: int) -> int | None:
    """ "criticised an article of the Courier saying that ...": without a comma it is the article that says so; None elsewhere."""
    if tree.tags[n] != "VBG" or tree.lemmas[n] not in lex.SAY or tree.first(n, "mark", "case") is not None:
        return None
    for k in range(n - 1, max(-1, n - FAR_TEXT), -1):
        if tree.base(k) == "punct" or tree.tags[k] in {"VBD", "VBZ", "VBP", "MD"}:
            return None
        if tree.tags[k] == "NN" and tree.lemmas[k] in lex.DOCUMENT_NOUNS | lex.PRESS_NOUNS:
            return None if tree.base(k) == "obj" and tree.lemmas[tree.heads[k]] in _ISSUES else k
    return None


def unit_span(tree: Tree, clause: Clause, own: set[int]) -> list[int]:
    """The unbroken run of tokens round the clause's head that belong to it (`own`), trimmed of edge punctuation and joining words."""
    left = right = clause.head
    while left - 1 in own:
        left -= 1
    while right + 1 in own:
        right += 1
    run = list(range(left, right + 1))
    if len(run) < SHORT_RUN and len(own) > len(run):
        spoken = [n for n in own if tree.base(n) != "punct"] or [clause.head]
        run = list(range(min(spoken), max(spoken) + 1))
    while run and (tree.tags[run[-1]] in {",", ":", "-LRB-", "HYPH", "CC"} or tree.lower[run[-1]] in {"-", "--", "—", ";"}):
        run.pop()
    while len(run) > 1 and _joins(tree, run):
        run.pop(0)
    return run[_opening(tree, clause.head, run) :]


def _joins(tree: Tree, run: Sequence[int]) -> bool:
    """The run begins with punctuation, a conjunction that negates nothing ("nor did it close"), or a preposition before "whether"."""
    n = run[0]
    if tree.lower[n] in lex.NEGATIONS:
        return False
    return (
        tree.tags[n] in {",", ":", "-RRB-", "CC", "."}
        or tree.lower[n] in {"-", "--", "—", ";", "that"}
        or (tree.tags[n] == "IN" and tree.lower[run[1]] == "whether")
    )


def _opening(tree: Tree, head: int, run: Sequence[int]) -> int:
    """Where the clause itself begins: after "as" and "after", and what says how long after, and after "last month that"."""
    for k, n in enumerate(run[:MOST_OPENING]):
        if tree.heads[n] == head and tree.base(n) == "mark" and tree.lower[n] in _FACTUAL | {"that"} and k + 1 < len(run):
            return k + 1
        if tree.base(n) not in {"advmod", "obl", "amod", "nummod", "det"} or n >= head:
            return 0
    return 0


def quote_span(tree: Tree, head: int, run: Sequence[int]) -> tuple[int, int]:
    """First and last token of the words to show for a clause: the run with its own subject, and with the clauses that stand inside it.

    "The closures, which lasted for days, caused jams" is shown whole for "caused jams", and so is "a plan that she had approved" for its noun. The
    clauses inside are mentions of their own; their words are not counted twice, only shown twice.
    """
    first, last = run[0], run[-1]
    subject = tree.first(head, "nsubj", "csubj")
    if subject is not None and subject < first:
        inside = set(tree.subtree(subject))
        between = range(subject + 1, first)
        if all(n in inside or tree.base(n) == "punct" for n in between) and not any(tree.words[n] == '"' for n in between):
            first = min(tree.phrase(subject))
    noun = object_noun(tree, head)
    if noun is not None and noun < first and tree.phrase(noun)[-1] == first - 1:
        first = tree.phrase(noun)[0]
    while (below := max(_hung_on(tree, range(first, last + 1), last + 1), _asked(tree, last))) > last:
        last = below
    return first, last


def _asked(tree: Tree, n: int) -> int:
    """The last token of the question that the verb n ends on: "is reading the log to learn [whether it was forged]"; -1 if there is none."""
    for c in tree.kids(n, "ccomp"):
        under = tree.subtree(c)
        if tree.is_verb(n) and under[0] == n + 1 and tree.lower[n + 1] == "whether":
            return max(k for k in under if tree.base(k) != "punct")
    return -1


def _hung_on(tree: Tree, span: range, at: int) -> int:
    """The last token of the restrictive clause that opens at token `at` and hangs on a noun of the span; -1 if there is none."""
    if at >= len(tree) or tree.base(at) == "punct":
        return -1
    for n in (at, *tree.up(at)):
        if n in span:
            return -1
        if tree.heads[n] in span and tree.base(n) == "acl":
            under = tree.subtree(n)
            beside = any(tree.lemmas[k] == "addition" for k in (tree.heads[n], *tree.up(tree.heads[n])))
            speaks = beside or tree.lemmas[n] in lex.SAY | lex.ASK or tree.lemmas[tree.heads[n]] in lex.CONTENT_NOUNS
            if under[0] != at or speaks:  # what a voice says is a mention by itself, not a part of the one that names the voice
                return -1
            end = next((k for k in range(at, len(tree)) if k not in under), len(tree)) - 1
            while end >= at and tree.base(end) == "punct":
                end -= 1
            return end if '"' not in tree.words[at : end + 1] else -1
    return -1
