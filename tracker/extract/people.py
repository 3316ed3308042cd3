"""Who is who inside one article: full names, surnames, titles, acronyms, pronouns and roles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tracker.extract import lexicon as lex
from tracker.extract.antecedents import SEX, Antecedents
from tracker.extract.given_names import sex_of
from tracker.extract.names import (
    Person,
    body_in,
    clean_phrase,
    count_people,
    description,
    is_address,
    is_law,
    name_runs,
    plain_body,
    run_at,
    says_so,
    spelled_out,
    strip_titles,
    surnames_used,
)
from tracker.extract.sentences import Span
from tracker.extract.tree import Tree
from tracker.registry import Registry
from tracker.text import fold

_THEY = {"they", "them", "their", "themselves"}
_PEOPLE_ENDINGS = ("er", "or", "ist", "ian", "man", "woman", "ant", "ent", "ee", "people", "folk", "mate", "kin")


def _names_people(lemma: str) -> bool:
    """A plural that people, bodies or papers go by: "islanders", "unions", "records", but not "meetings"."""
    return lemma in lex.PEOPLE_NOUNS | lex.BODY_NOUNS | lex.DOCUMENT_NOUNS | lex.PRESS_NOUNS | lex.CONTENT_NOUNS or lemma.endswith(_PEOPLE_ENDINGS)


def _may_be(voice: Voice, lemma: str) -> bool:
    """ "the office" may be Reuters or the FBI, and not "the party"."""
    last = fold(voice.name).split()[-1:]
    return not set(last) & (lex.BODY_NOUNS - {lemma})


@dataclass(frozen=True, slots=True)
class Voice:
    """Whom the article credits, resolved inside it."""

    name: str
    kind: str
    affiliation: str = ""
    outlet_id: str = ""
    number: int = 0
    how: str = ""


class Directory:
    """The people and bodies of an article, filled sentence by sentence in reading order."""

    def __init__(self, trees: Sequence[Tree], registry: Registry, quotes: Sequence[Span] = ()) -> None:
        self.registry = registry
        self.people: dict[str, Person] = {}
        self.acronyms: dict[str, str] = {}
        self.recent: list[Voice] = []
        self.last_subject: dict[int, list[str]] = {}
        self._outlets: dict[str, str] = {}
        self._surnames = {name for tree in trees for name in surnames_used(tree)}
        for tree in trees:
            self._learn_names(tree)
        for number, tree in enumerate(trees):
            self._learn_roles(tree)
            self.last_subject[number] = self._named_in(tree)
        self.antecedents = Antecedents(trees, self.people, quotes)

    # -- learning -------------------------------------------------------------------------------------------------------------

    def _learn_names(self, tree: Tree) -> None:
        for start, end in name_runs(tree):
            words = list(tree.words[start:end])
            title, bare = strip_titles(words)
            title = title or [w for w in tree.words[max(0, start - 3) : start] if w.lower() in lex.ROLE_NOUNS]
            if (len(bare) >= 2 and self._is_person(tree, start, end, title, bare)) or (
                len(bare) == 1 and is_address(title) and not self.registry.by_name(bare[0])
            ):
                self._add(" ".join(bare), title)
        text = tree.text(range(len(tree)))
        for found in re.finditer(r"\(\s?([A-Z][A-Za-z.&]{1,7})\s?\)", text):
            before = text[: found.start()].split()
            letters = [c for c in found.group(1) if c.isupper()]
            run = spelled_out(before, letters)
            if run:
                self.acronyms[found.group(1)] = run

    def _is_person(self, tree: Tree, start: int, end: int, title: list[str], bare: list[str]) -> bool:
        labels = {label for s, e, label in tree.parsed.entities if s < end and e > max(start + len(title), end - 1)}
        joined = " ".join(bare)
        if (
            self.registry.by_name(joined)
            or any(w.lower() in lex.BODY_NOUNS or w.lower() in {"of", "the", "and"} for w in bare)
            or any(c.isdigit() for c in joined)
        ):
            return False
        if "PERSON" in labels or is_address(title) or (fold(bare[-1]) in self._surnames and len(bare) <= 4):
            return True
        head = next((n for n in range(start, end) if not start <= tree.heads[n] < end), end - 1)
        if tree.base(head) == "appos" and tree.lemmas[tree.heads[head]] in lex.ROLE_NOUNS and len(bare) <= 4:
            return True
        if labels & {"LOC", "ORG"}:
            return False
        speaks = tree.base(head) == "nsubj" and tree.lemmas[tree.heads[head]] in lex.SAY
        described = (
            tree.base(head) == "appos"
            and tree.lemmas[tree.heads[head]] in lex.ROLE_NOUNS
            or any(tree.lemmas[c] in lex.ROLE_NOUNS for c in tree.kids(head, "appos"))
        )
        return bool(title) or (len(bare) <= 3 and (speaks or described))

    def _add(self, name: str, title: list[str]) -> None:
        if not all(w[:1].isupper() or w in {"de", "al", "bin", "van", "von", "la", "del"} for w in name.split()):
            return
        key = fold(name.split()[-1])
        person = self.people.get(key)
        if (
            person is None
            or len(person.name.split()) == 1
            or (len(name.split()) > len(person.name.split()) and fold(person.name.split()[0]) == fold(name.split()[0]))
        ):
            self.people[key] = Person(name, person.sex, person.roles, person.bodies) if person else Person(name)
        self._sex(key, title)

    def _sex(self, key: str, words: Sequence[str]) -> None:
        if key in self.people and not self.people[key].sex:
            self.people[key].sex = sex_of(words, self.people[key].name.split()[0])

    def _learn_roles(self, tree: Tree) -> None:
        for start, end in name_runs(tree):
            title, bare = strip_titles(list(tree.words[start:end]))
            key = fold(bare[-1]) if bare else ""
            person = self.people.get(key)
            if person is None:
                continue
            head = next((n for n in range(start, end) if not start <= tree.heads[n] < end), end - 1)
            described = set(range(max(0, start - 6), start)) & set(tree.subtree(head))
            for child in [*tree.kids(head, "appos", "nmod:desc"), *([tree.heads[head]] if tree.base(head) == "appos" else [])]:
                described |= set(tree.phrase(child)) | {c for c in tree.subtree(child) if len(tree.subtree(child)) <= 14}
            described -= set(range(start, end))
            others = {n for s, e in name_runs(tree) for n in range(s, e)}  # "a spokeswoman for Mr. Field, Ann Lee": "Mr." is not hers
            words = [*title, *(tree.words[n] for n in sorted(described - others))]
            self._sex(key, words)
            for n in sorted(described):
                if tree.deps[n] == "nmod:poss" or any(tree.deps[u] == "nmod:poss" for u in tree.up(n) if u in described):
                    continue
                lemma = tree.lemmas[n]
                if lemma in lex.ROLE_NOUNS and lemma not in person.roles:
                    person.roles.append(lemma)
            person.roles.extend(w.lower() for w in title if w.lower() in lex.ROLE_NOUNS and w.lower() not in person.roles)
            body = body_in(tree, sorted(described))
            if body and fold(body) != fold(person.name) and body not in person.bodies:
                person.bodies.append(body)

    def _named_in(self, tree: Tree) -> list[str]:
        """Keys of people named in the sentence, grammatical subjects first."""
        keys: list[tuple[int, int, str]] = []
        for start, end in name_runs(tree):
            key = fold(tree.words[end - 1])
            if key in self.people:
                subject = any(tree.base(n) == "nsubj" for n in range(start, end))
                keys.append((0 if subject else 1, start, key))
        return [k for _, _, k in sorted(keys)]

    # -- resolving ------------------------------------------------------------------------------------------------------------

    def resolve(self, tree: Tree, head: int, number: int) -> Voice | None:
        """The voice a noun phrase stands for; None when it stands for nobody (expletives, "which", the reader)."""
        low = tree.lower[head]
        if low in SEX or low in _THEY | {"it", "who", "that", "which", "this", "these", "those", "i", "we", "you", "there", "one"}:
            return self._pronoun(low, tree.parsed.starts[head])
        tokens = tree.phrase(head)
        stop = next((k for k in tokens if k > head and says_so(tree, k)), len(tree))
        tokens = [n for n in tokens if n < stop]
        printed = clean_phrase(tree, tokens)
        person = self._person_of(tree, head, tokens)
        if person is not None:
            return Voice(person.name, "person", person.bodies[0] if person.bodies else "", how="named")
        singular_body = tree.lemmas[head] in lex.BODY_NOUNS and tree.tags[head] == "NN"  # "the port authority", but "the authorities"
        if tree.lemmas[head] in lex.PEOPLE_NOUNS and not tree.is_name(head) and not singular_body:
            return self._people(tree, head, tokens, printed, number)
        return self._thing(tree, head, tokens, printed, number)

    def _person_of(self, tree: Tree, head: int, tokens: Sequence[int]) -> Person | None:
        """The named person whose name heads the phrase or stands in apposition to it."""
        candidates = [head, *tree.kids(head, "flat", "appos"), *([tree.heads[head]] if tree.base(head) == "appos" else [])]
        appositions = list(candidates[1:])
        if tree.lemmas[head] in lex.ROLE_NOUNS | lex.PEOPLE_NOUNS:
            appositions += [c for c in tree.kids(head, "nmod:desc", "compound") if tree.is_name(c) and c > head]
            # "the envoy to the United Nations, Ann Lee, said": a name after a body's name and a comma is the envoy's, wherever the parser hung it
            bodies = [n for n in tree.subtree(head) if n > head and tree.is_name(n)]
            appositions += [a for n in bodies for a in tree.kids(n, "appos") if tree.is_name(a) and tree.words[a - 1] == ","]
        for n in [head, *appositions]:
            run = run_at(tree, n)
            if run is None:
                continue
            key = fold(strip_titles(list(tree.words[run[0] : run[1]]))[1][-1]) if strip_titles(list(tree.words[run[0] : run[1]]))[1] else ""
            if key in self.people and not (tree.lower[min(run[1], len(tree) - 1)] == "'s" and n != head):
                return self.people[key]
        return None

    def _people(self, tree: Tree, head: int, tokens: Sequence[int], printed: str, number: int) -> Voice:
        """A description of people: a named person earlier in the article if it is definite and fits, else unnamed."""
        first = tree.lower[tokens[0]]
        lemma = tree.lemmas[head]
        definite = (
            first in {"the", "his", "her", "its", "their", "that", "this"}
            or tree.first(head, "det") is not None
            and tree.lower[tree.first(head, "det") or 0] in {"the", "that", "this"}
        )
        singular = tree.tags[head] in {"NN", "NNP"}
        if definite and singular:
            earlier = self._earlier(lemma, number, bool(tree.first(head, "nmod", "acl") is not None))
            if earlier is not None:
                return earlier
        affiliation = body_in(tree, [n for n in tree.subtree(head) if n != head]) or ""
        printed = clean_phrase(tree, description(tree, head, tokens))
        return Voice(printed, "unnamed", affiliation, number=count_people(tree, head, tokens), how="described")

    def _earlier(self, lemma: str, number: int, described: bool) -> Voice | None:
        """The voice that "the spokesman", "the source" means: an unnamed one so called, a person with that role, the last person named."""
        for voice in reversed(self.recent):
            if voice.kind == "unnamed" and voice.number <= 1 and lemma in fold(voice.name).split():
                return Voice(voice.name, "unnamed", voice.affiliation, number=voice.number, how="role")
        if lemma in lex.SOURCE_NOUNS and lemma not in {"official", "aide", "diplomat"}:
            return None
        keys = [fold(v.name.split()[-1]) for v in reversed(self.recent) if v.kind == "person" and v.name]
        for key in [*keys, *self.people]:
            person = self.people.get(key)
            if person and lemma in person.roles:
                return Voice(person.name, "person", person.bodies[0] if person.bodies else "", how="role")
        if described or lemma not in lex.ROLE_NOUNS:
            return None
        for back in (number, number - 1):
            for key in self.last_subject.get(back, [])[:1]:
                return Voice(self.people[key].name, "person", "".join(self.people[key].bodies[:1]), how="role-guess")
        return None

    def _thing(self, tree: Tree, head: int, tokens: Sequence[int], printed: str, number: int) -> Voice | None:
        """A body, an outlet or a document."""
        bare = re.sub(r"^(?:the|a|an)\s+", "", printed, flags=re.I)
        lemma = tree.lemmas[head]
        names = self._outlets_in(bare)
        if names and (lemma in lex.PRESS_NOUNS or tree.is_name(head)):
            outlet_id = names[0]
            short = self._acronym(bare)
            if short:
                kind = "body" if self.registry.kind(outlet_id) == "official" else "outlet"
                return Voice(f"{plain_body(self.acronyms[short])} ({short})", kind, outlet_id=outlet_id, how="registry")
            if self.registry.kind(outlet_id) == "official":
                return Voice(self.registry.name(outlet_id), "body", outlet_id=outlet_id, how="registry")
            return Voice(self.registry.name(outlet_id), "outlet", outlet_id=outlet_id, how="registry")
        short = self._acronym(bare)
        if short:
            return Voice(f"{plain_body(self.acronyms[short])} ({short})", "body", how="acronym")
        holder = self._holder(tree, head)
        if lemma in lex.DOCUMENT_NOUNS and not tree.is_name(head) or lemma in lex.CONTENT_NOUNS and not tree.is_name(head):
            if holder is not None and not is_law(tree, head):
                return Voice(holder.name, holder.kind, holder.affiliation, holder.outlet_id, holder.number, "document-of")
            return self._document(tree, tokens, printed)
        if tree.tags[head] == "NN" and tree.lower[tokens[0]] in {"the", "its", "this", "that"} and lemma in lex.BODY_NOUNS | lex.PRESS_NOUNS:
            things = [v for v in reversed(self.recent) if v.kind in {"body", "outlet", "document"}]
            described = tree.first(head, "nmod", "amod", "compound") is not None
            near = [v for v in things if not described and v.kind != "document" and _may_be(v, lemma)]
            for voice in [v for v in things if lemma in fold(v.name).split()] or near:
                return Voice(voice.name, voice.kind, voice.affiliation, voice.outlet_id, voice.number, "definite")
        if tree.tags[head] in {"NNS", "JJ", "DT", "CD", "JJR", "JJS"} and not tree.is_name(head):
            if tree.tags[head] == "NNS" and not _names_people(lemma):
                return None
            return Voice(
                printed, "unnamed", body_in(tree, [n for n in tree.subtree(head) if n != head]) or "", number=count_people(tree, head, tokens), how="described"
            )
        if tree.tags[head] == "NN" and lex.names_person(lemma):
            return self._people(tree, head, tokens, printed, number)
        title, bare_words = strip_titles(printed.split())
        bare_name = " ".join(bare_words)
        addressed = is_address(title) or (bool(title) and title[-1].lower() in lex.ROLE_NOUNS)
        if tree.is_name(head) and addressed and not any(w.lower() in lex.BODY_NOUNS | lex.ROLE_NOUNS for w in bare_words):
            return Voice(bare_name, "person", how="titled")
        return Voice(printed, "body", how="named")

    def _acronym(self, bare: str) -> str:
        """The acronym the article gives for this name, if it is one or spells one out."""
        inner = re.search(r"\(([A-Z][A-Za-z.&]{1,7})\)", bare)
        if inner and inner.group(1) in self.acronyms:
            return inner.group(1)
        if bare in self.acronyms:
            return bare
        low = fold(bare)
        return next((a for a, full in sorted(self.acronyms.items()) if low.endswith(fold(plain_body(full)))), "")

    def _document(self, tree: Tree, tokens: Sequence[int], printed: str) -> Voice:
        """A document: the one named before if it is definite, else as printed."""
        if tree.lower[tokens[0]] in {"the", "this", "that"} and len(tokens) <= 2:
            said = tree.lemmas[tokens[-1]] in {"statement", "letter", "tweet", "message", "post", "email"}
            for voice in reversed(self.recent):
                if said and voice.kind in {"person", "body"}:
                    return Voice(voice.name, voice.kind, voice.affiliation, voice.outlet_id, voice.number, "document-of")
                if voice.how in {"document-of", "document"}:
                    return Voice(voice.name, voice.kind, voice.affiliation, voice.outlet_id, voice.number, "document")
        return Voice(printed, "document", how="document")

    def _holder(self, tree: Tree, head: int) -> Voice | None:
        """Who issued a document: its possessor or "by X"."""
        for child in tree.children[head]:
            by = tree.base(child) == "nmod" and any(tree.lower[k] in {"by", "from"} for k in tree.kids(child, "case"))
            if tree.deps[child] == "nmod:poss" and tree.tags[child] != "PRP$" or by or (tree.base(child) == "compound" and tree.is_name(child)):
                voice = self.resolve(tree, child, 10**9)
                if voice is not None and voice.kind in {"person", "body", "outlet", "unnamed"}:
                    return voice
        for child in tree.kids(head, "acl"):
            for agent in tree.kids(child, "obl"):
                if tree.lemmas[child] in {"publish", "issue", "release", "write"} and any(tree.lower[k] == "by" for k in tree.kids(agent, "case")):
                    return self.resolve(tree, agent, 10**9)
        return None

    def _pronoun(self, low: str, start: int) -> Voice | None:
        """Whom a pronoun stands for: for one person the likeliest, else the last voice that fits. `start` is where it stands in the text."""
        if low in {"i", "we"} and self.recent:
            return None
        if low in _THEY:
            for voice in reversed(self.recent[-4:]):
                if voice.number != 1 and voice.kind in {"unnamed", "body"}:
                    return voice
            return self.recent[-1] if self.recent else None
        if low in {"it", "this", "that", "which"}:
            for voice in reversed(self.recent[-3:]):
                if voice.kind in {"body", "outlet", "document"}:
                    return voice
            return None
        if low not in SEX:
            return None
        somebody = self.antecedents.whom(start)
        if somebody is not None and somebody.key:
            person = self.people.get(somebody.key) or Person(somebody.name)
            return Voice(person.name, "person", "".join(person.bodies[:1]), how="pronoun")
        if somebody is not None:
            for voice in reversed(self.recent):
                if voice.kind == "unnamed" and voice.number <= 1 and somebody.noun in fold(voice.name).split():
                    return voice
        for voice in reversed(self.recent[-2:]):
            if voice.kind == "unnamed" and voice.number <= 1:
                return voice
        return None

    def stands_for(self, start: int, least: float) -> str:
        """The name of the person that the pronoun at this offset stands for; "" where that is less likely than `least`."""
        somebody = self.antecedents.whom(start, least)
        if somebody is None or not somebody.key:
            return ""
        return self.people[somebody.key].name if somebody.key in self.people else somebody.name

    def heard(self, voice: Voice) -> None:
        """Remember a voice as the latest one."""
        self.recent.append(voice)
        if len(self.recent) > 30:
            del self.recent[0]

    def _outlets_in(self, text: str) -> list[str]:
        if text not in self._outlets:
            direct = self.registry.by_name(text)
            found = [direct] if direct else [o for _, _, o in self.registry.find_names(text)]
            self._outlets[text] = "|".join(found)
        return [o for o in self._outlets[text].split("|") if o]
