"""Attribution frames of a sentence: whom it credits, with which cue, for which words.

A frame is read from the parse: verbs of saying with a clause or a quotation, "according to", "citing", nouns that hold a content clause
("the report that"), passives ("was quoted as saying"), denials and remarks on verification. Roles follow PolNeAR (Newell et al. 2018):
source, cue, content.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tracker.extract import lexicon as lex
from tracker.extract.clauses import subject_of
from tracker.extract.inserted import read_inserted
from tracker.extract.names import is_law
from tracker.extract.tree import Tree


@dataclass(frozen=True, slots=True)
class Frame:
    """One attribution: cue tokens, heads of the credited noun phrases (one a branch), content tokens, and what it does to the content.

    `voices` is empty when nobody is named ("it was reported"). `rule` names the reading that made it. `object_only`: the content is a plain
    noun phrase, so that the frame's own clause is the mention. `phrase`: tokens of an inserted "according to X", which no mention holds.
    """

    cue: tuple[int, ...]
    voices: tuple[int, ...]
    content: frozenset[int]
    stance: str
    rule: str
    object_only: bool = False
    phrase: frozenset[int] = frozenset()


def find_frames(tree: Tree, quoted: frozenset[int]) -> list[Frame]:
    """All frames of a sentence, outer ones (more content) first. `quoted`: tokens inside quotation marks."""
    found: list[Frame] = []
    for n in range(len(tree)):
        if tree.is_verb(n):
            found.extend(_verb_frame(tree, n, quoted))
        found.extend(_according(tree, n))
        found.extend(_noun_frame(tree, n))
        found.extend(_unclear(tree, n))
    return sorted(found, key=lambda f: (-len(f.content), f.cue))


def _verb_frame(tree: Tree, n: int, quoted: frozenset[int]) -> Iterator[Frame]:
    lemma = tree.lemmas[n]
    if lemma in {"cite", "quote"} and tree.tags[n] == "VBG":
        yield from _citing(tree, n)
        return
    if lemma in lex.ACCUSE:
        yield from _accusing(tree, n)
        return
    if tree.base(n) in {"amod", "compound", "nmod", "case"} or n in quoted and not _quoting_inside(tree, n):
        return
    if lemma not in lex.SAY | lex.DENY | lex.VERIFY | lex.ASK and not (lemma in lex.SAY_QUOTED and quoted and tree.first(n, "xcomp") is None):
        return
    inserted = read_inserted(tree, n, quoted)
    content, plain = (inserted.content, False) if inserted else _content(tree, n, quoted)
    if not content:
        return
    voices = inserted.voices if inserted and inserted.voices else tuple(_voices(tree, n))
    stance = stance_of(tree, n, content)
    if stance is None:
        return
    if voices and plain and not any(can_speak(tree, v) for v in voices):
        return
    voices = tuple(v for v in voices if can_speak(tree, v) and not (is_law(tree, v) and not content & quoted))
    if not voices and stance != "unverified" and tree.base(n) not in {"root", "conj", "ccomp"} and not tree.first(n, "expl"):
        return
    rule = "quotation" if content & quoted and not plain else "verb"
    yield Frame(cue_tokens(tree, n), voices, content, stance, rule, plain, inserted.phrase if inserted else frozenset())


def _quoting_inside(tree: Tree, n: int) -> bool:
    """A verb of saying inside a quotation still governs its own clause ("he told me that ...")."""
    return tree.first(n, "ccomp") is not None


def _content(tree: Tree, n: int, quoted: frozenset[int]) -> tuple[frozenset[int], bool]:
    """Tokens the verb puts in its subject's mouth, and whether they are a plain noun phrase."""
    lemma = tree.lemmas[n]
    out: set[int] = set()
    for child in tree.children[n]:
        dep = tree.base(child)
        before = child < n or child in quoted or any(tree.words[k] == ":" for k in range(n, child))
        clausal = dep == "ccomp" or (dep in {"parataxis", "dep", "csubj", "dislocated"} and before and tree.is_predicate(child) and lemma in lex.SAY)
        asks = lemma in lex.ASK and _open(tree, frozenset(tree.subtree(child)))
        if lemma in lex.SAY_QUOTED and lemma not in lex.SAY and child not in quoted and not asks:
            clausal = False
        if clausal and not (dep in {"parataxis", "dep"} and _is_aside(tree, child)):
            out |= set(tree.subtree(child))
        if dep == "advcl" and lemma in {"quote"} and tree.first(child, "mark") is not None:
            out |= set(tree.subtree(child))
    after = _after_that(tree, n)
    if after and lemma in lex.SAY and (not out or min(after) - 1 not in out and min(after) < min(out)):
        return frozenset(after), False
    if out:
        return frozenset(out - _contrasts(tree, out)), False
    if lemma in lex.DENY | lex.VERIFY:
        for noun in tree.kids(n, "obj"):
            inner = [
                c
                for c in tree.kids(noun, "acl", "ccomp")
                if tree.lemmas[noun] in lex.CONTENT_NOUNS and any(tree.lower[m] == "that" for m in tree.kids(c, "mark"))
            ]
            if inner:
                return frozenset(t for c in inner for t in tree.subtree(c)), False
    host = _host(tree, n)
    if host is not None and lemma in lex.SAY:
        return frozenset(set(tree.subtree(host)) - set(tree.subtree(n))), False
    inside = _quoted_here(tree, n, quoted)
    if inside and lemma in lex.SAY | lex.SAY_QUOTED:
        whole = any(tree.tags[k] in {"VBD", "VBZ", "VBP", "MD"} for k in inside) or len(inside) >= 8
        nearby = set(tree.subtree(n)) if tree.first(n, "obj", "xcomp", "obl") is not None else set()
        if whole or not nearby & inside:
            return frozenset(inside), False
        return frozenset(inside), True
    if lemma in lex.SAY_WITH_OBJECT | lex.DENY or (lemma in lex.VERIFY and _negated(tree, n)):
        for child in tree.children[n]:
            label = tree.deps[child]
            if (
                tree.base(child) == "obj"
                or label == "nsubj:pass"
                or (tree.base(child) == "obl" and lemma in {"warn", "speculate"} and not _is_time(tree, child))
            ):
                return frozenset(tree.subtree(child)), True
    if inside and lemma in lex.DENY:
        return frozenset(inside), False
    return frozenset(), False


def _contrasts(tree: Tree, content: set[int]) -> set[int]:
    """Clauses set against the content, "..., while the mayor started a campaign": they are the writer's own."""
    tops = [n for n in content if tree.base(n) == "advcl" and any(tree.lower[m] == "while" for m in tree.kids(n, "mark"))]
    return {k for n in tops for k in tree.subtree(n) if min(tree.subtree(n)) > 0 and tree.words[min(tree.subtree(n)) - 1] == ","}


def _after_that(tree: Tree, n: int) -> set[int]:
    """What follows "said ... that" when the parse lost the clause: the words after a "that" at most nine words on."""
    for m in range(n + 1, min(n + 10, len(tree) - 2)):
        if tree.lower[m] == "that" and (tree.tags[m] == "IN" or tree.base(m) == "mark" or tree.lemmas[n] in lex.TELL):
            return set(range(m + 1, len(tree)))
        if tree.is_verb(m):
            break
    return set()


def _is_aside(tree: Tree, n: int) -> bool:
    """The child is itself a verb of saying beside the main clause."""
    return tree.lemmas[n] in lex.SAY and tree.first(n, "ccomp") is None and tree.first(n, "nsubj") is not None and len(tree.subtree(n)) < 12


def _host(tree: Tree, n: int) -> int | None:
    """The predicate that an inserted or trailing ", X said" hangs on."""
    if tree.base(n) in {"parataxis", "dep"} and tree.heads[n] != n and tree.first(n, "obj", "ccomp") is None and tree.first(n, "nsubj") is not None:
        return tree.heads[n]
    if (
        tree.base(n) == "advcl"
        and tree.heads[n] != n
        and any(tree.lower[c] == "as" for c in tree.kids(n, "mark", "advmod"))
        and tree.first(n, "obj", "ccomp") is None
        and tree.first(n, "nsubj") is not None
    ):
        return tree.heads[n]
    return None


def _quoted_here(tree: Tree, n: int, quoted: frozenset[int]) -> set[int]:
    """Quoted tokens of the sentence, if the verb stands outside the marks and no other verb of saying stands nearer to them."""
    if n in quoted or not quoted:
        return set()
    others = [
        m
        for m in range(len(tree))
        if m != n and m not in quoted and tree.is_verb(m) and tree.lemmas[m] in lex.SAY and tree.first(m, "nsubj", "ccomp") is not None
    ]
    out = set()
    for q in quoted:
        nearest = min([n, *others], key=lambda m: (abs(m - q), m))
        if nearest == n or tree.under(q, n):
            out.add(q)
    return out if len(out) >= 2 else set()


def _is_time(tree: Tree, n: int) -> bool:
    return any(e[2] == "DATE" and e[0] <= n < e[1] for e in tree.parsed.entities) or tree.deps[n] in {"obl:unmarked", "obl:tmod"}


def _negated(tree: Tree, n: int) -> bool:
    """The verb is negated, or its object, subject or auxiliary verb is ("was not able to verify")."""
    if any(tree.lower[c] in lex.NEGATIONS for c in tree.children[n]):
        return True
    head = tree.heads[n]
    if tree.base(n) in {"xcomp", "ccomp", "advcl", "acl"} and head != n:
        if tree.lower[head] in {"unable", "impossible"} or tree.lemmas[head] in lex.REFUSE:
            return True
        return (
            tree.base(n) != "ccomp"
            and tree.lemmas[head] in {"able", "possible", "go", "manage"}
            and any(tree.lower[c] in lex.NEGATIONS for c in tree.children[head])
        )
    return False


def stance_of(tree: Tree, n: int, content: frozenset[int]) -> str | None:
    """What the frame does to its content; None when it puts nothing (a question, "did not name them")."""
    lemma = tree.lemmas[n]
    negated = _negated(tree, n)
    if _open(tree, content):
        return "unverified"
    if lemma in lex.DENY:
        return None if negated else "denies"
    if not negated:
        return None if lemma in lex.ASK else "supports"
    if lemma in lex.VERIFY:
        return "unverified"
    return None


def _open(tree: Tree, content: frozenset[int]) -> bool:
    """The content opens with whether or if: it is asked, not put."""
    first = [n for n in sorted(content) if tree.tags[n] not in {"``", "''", ","}][:2]
    return any(tree.lower[n] == "whether" or (tree.lower[n] == "if" and tree.base(n) == "mark" and tree.base(tree.heads[n]) == "ccomp") for n in first)


def cue_tokens(tree: Tree, n: int) -> tuple[int, ...]:
    """The verb with its particle, negation and auxiliaries near it."""
    near = [c for c in tree.kids(n, "aux", "compound", "advmod") if abs(c - n) <= 3 and (tree.base(c) != "advmod" or tree.lower[c] in lex.NEGATIONS)]
    return tuple(sorted([*near, n]))


def _voices(tree: Tree, n: int) -> Iterator[int]:
    """Heads of the noun phrases the verb credits: its subject's conjuncts; for a passive, the agent."""
    subject = subject_of(tree, n)
    passive = tree.first(n, "aux:pass") is not None or tree.first(n, "nsubj:pass") is not None
    if passive:
        agent = tree.first(n, "obl:agent") or next((c for c in tree.kids(n, "obl") if any(tree.lower[k] == "by" for k in tree.kids(c, "case"))), None)
        if agent is not None:
            yield from tree.conjuncts(agent)
        elif tree.lemmas[n] in {"quote", "cite"} and subject is not None:
            yield from tree.conjuncts(subject)
        return
    if (
        subject is not None
        and tree.base(subject) != "expl"
        and tree.lower[subject] not in {"it", "there"}
        or subject is not None
        and tree.lower[subject] == "it"
        and tree.first(n, "expl") is None
    ):
        yield from (c for c in tree.conjuncts(subject) if not tree.is_verb(c))


def _citing(tree: Tree, n: int) -> Iterator[Frame]:
    """ "citing X": X stands behind what the clause above reports."""
    target = tree.first(n, "obj")
    if target is None:
        return
    above = tree.heads[n]
    if not can_speak(tree, target) or (
        tree.tags[target] == "NNS" and tree.lemmas[target] not in lex.PEOPLE_NOUNS | lex.DOCUMENT_NOUNS | lex.PRESS_NOUNS | lex.BODY_NOUNS | lex.SOURCE_NOUNS
    ):
        return
    cut = {n, *(tree.subtree(target) if not tree.under(above, target) else [target])}
    top = above
    while top != tree.root and not tree.is_predicate(top):
        top = tree.heads[top]
    if not (tree.is_verb(top) and tree.lemmas[top] in lex.SAY):
        top = min(
            (m for m in range(len(tree)) if m != n and tree.tags[m] in {"VBD", "VBZ", "VBP", "VBN"} and tree.lemmas[m] in lex.SAY and abs(m - n) <= 12),
            key=lambda m: (abs(m - n), m),
            default=top,
        )
    inner, plain = _content(tree, top, frozenset()) if tree.is_verb(top) and tree.lemmas[top] in lex.SAY else (frozenset(), False)
    said = tree.is_verb(top) and tree.lemmas[top] in lex.SAY | lex.DENY
    content = inner - cut if inner and not plain else frozenset(set(tree.subtree(top)) - cut if said else ())
    later = set(tree.subtree(target)) if not inner else set()
    for child in tree.children[target]:
        described = any(tree.tags[k] == "WP" for k in tree.kids(child, "nsubj", "nsubj:pass"))  # "officials who had seen the letter"
        if tree.base(child) == "acl" and (not described or tree.lemmas[child] in lex.SAY):
            later |= set(tree.subtree(child))
    if not content and not later:
        return
    yield Frame((n,), tuple(tree.conjuncts(target)), frozenset(content | (later - {target})), "supports", "citing", phrase=frozenset(cut - later))


def can_speak(tree: Tree, n: int) -> bool:
    """A name, a description of people, a body or a document: something one can have it from."""
    lemma = tree.lemmas[n]
    if tree.tags[n] == "PRP" or tree.tags[n] in {"WP", "CD", "DT", "JJ"}:
        return True
    return (
        tree.is_name(n)
        or tree.tags[n] == "NNS"
        or lemma in lex.PEOPLE_NOUNS
        or lemma in lex.BODY_NOUNS
        or lemma in lex.DOCUMENT_NOUNS
        or lemma in lex.PRESS_NOUNS
        or lemma in lex.CONTENT_NOUNS
    )


def _according(tree: Tree, n: int) -> Iterator[Frame]:
    """ "according to X" and "per X"."""
    low = tree.lower[n]
    if low == "according" and n + 1 < len(tree) and tree.lower[n + 1] == "to":
        voice, cue = _noun_after(tree, n, n + 1), (n, n + 1)
    elif low == "per" and tree.base(n) == "case" and tree.is_name(tree.heads[n]):
        voice, cue = tree.heads[n], (n, n)
    else:
        return
    if voice is None or voice >= len(tree):
        return
    phrase = set(tree.subtree(voice)) | set(cue)
    top = tree.heads[voice] if voice not in cue else tree.heads[n]
    while top in phrase and tree.heads[top] != top:
        top = tree.heads[top]
    while not tree.is_predicate(top) and tree.heads[top] != top:
        top = tree.heads[top]
    edge = min(phrase) <= 1 or max(phrase) >= len(tree) - 3
    loose = "," in tree.words[max(0, min(phrase) - 1) : min(phrase) + 1]  # "the school, where it was cleaned, according to X" puts all of it on X
    if edge and not any(tree.base(h) == "ccomp" or (tree.base(h) == "acl" and not loose) for h in [top] if top != tree.root):
        top = tree.root
    content = set(tree.subtree(top)) - phrase
    yield Frame(cue, tuple(tree.conjuncts(voice)), frozenset(content), "supports", "according-to", phrase=frozenset(phrase))


def _noun_after(tree: Tree, first: int, last: int) -> int | None:
    """The head of the noun phrase that an adposition opens."""
    for n in (last, first):
        head = tree.heads[n]
        if head > last and not tree.is_verb(head):
            return head
    found = tree.first(first, "obl", "obj", "nmod")
    if found is not None:
        return found
    return last + 1 if last + 1 < len(tree) else None


def _noun_frame(tree: Tree, n: int) -> Iterator[Frame]:
    """A noun with a content clause: "the Herald report that ...", "accusations by aides that ..."."""
    if tree.lemmas[n] not in lex.CONTENT_NOUNS - lex.WISH_NOUNS or not tree.tags[n].startswith("NN"):
        return
    clauses = [c for c in tree.kids(n, "acl", "ccomp") if tree.is_predicate(c) and any(tree.lower[m] == "that" for m in tree.kids(c, "mark"))]
    if not clauses:
        return
    content = frozenset(t for c in clauses for t in tree.subtree(c))
    voices = tuple(v for h in _holders(tree, n) for v in tree.conjuncts(h))
    stance = "unverified" if tree.lemmas[n] in {"question", "doubt"} else "supports"
    vague = tree.lemmas[n] in lex.ALLEGATION_NOUNS | {"report"}
    if voices or vague:
        yield Frame((n,), voices, content, stance, "noun")


def _holders(tree: Tree, n: int) -> Iterator[int]:
    """Who holds what the noun names: its possessor, "by X", "from X", or the name before it."""
    for child in tree.children[n]:
        if tree.deps[child] == "nmod:poss" and tree.tags[child] != "PRP$":
            yield child
            return
        if tree.base(child) == "nmod" and any(tree.lower[k] in {"by", "from", "of"} for k in tree.kids(child, "case")) and can_speak(tree, child):
            yield child
            return
    for child in tree.kids(n, "compound", "nmod"):
        if tree.is_name(child) and child < n:
            yield child
            return


def _accusing(tree: Tree, n: int) -> Iterator[Frame]:
    """ "X accused Y of doing Z", active and passive."""
    if tree.lemmas[n] != "accuse":
        return
    content: set[int] = set()
    accused = tree.first(n, "obj", "nsubj:pass")
    for child in [*tree.kids(n, "advcl", "obl", "xcomp", "ccomp"), *(tree.kids(accused, "acl", "nmod") if accused is not None else ())]:
        if any(tree.lower[k] == "of" for k in tree.kids(child, "case", "mark")):
            content |= set(tree.subtree(child))
    voices = tuple(_voices(tree, n))
    if not voices and tree.first(n, "nsubj:pass") is not None:  # "accused of theft from the fund by Ann Lee": the fund is nobody's
        by = next((k for k in tree.subtree(n) if k > n and any(tree.lower[c] == "by" for c in tree.kids(k, "case")) and can_speak(tree, k)), None)
        if by is not None:
            voices, content = tuple(tree.conjuncts(by)), content - set(tree.subtree(by))
    if content and voices:
        yield Frame((n,), voices, frozenset(content), "supports", "accusation", True)


def _unclear(tree: Tree, n: int) -> Iterator[Frame]:
    """ "It is unclear whether/if/why ..." """
    low = tree.lower[n]
    negated = any(tree.lower[c] in lex.NEGATIONS for c in tree.children[n])
    if low not in lex.UNCLEAR and not (low in {"clear", "certain", "known", "confirmed", "verified"} and negated):
        return
    content: set[int] = set()
    hosts = [n, tree.heads[n]] if tree.base(n) == "xcomp" and tree.is_verb(tree.heads[n]) else [n]
    for child in (c for host in hosts for c in tree.kids(host, "csubj", "ccomp", "advcl")):
        if child != n and any(tree.lower[k] in {"if", "whether", "why", "how", "who", "what", "when", "where"} for k in tree.subtree(child)[:2]):
            content |= set(tree.subtree(child))
    if content:
        yield Frame((n,), (), frozenset(content), "unverified", "unclear")
