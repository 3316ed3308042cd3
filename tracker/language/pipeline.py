"""A spaCy pipeline as a Parser: text and sentence spans in, one Parsed a sentence out.

The pipeline that ships with the tracker lives in `en_tracker` beside this file (docs/models/en_tracker.md); any installed spaCy
pipeline with a tagger, a parser and a lemmatizer can be named instead. Pipelines that label in the style of spaCy's own English
models (prep, pobj, dobj, attr) are rewritten to Universal Dependencies, so that the rules in extract see one style.
"""
from __future__ import annotations

import warnings
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Token

from tracker.errors import LanguageError
from tracker.language.dependencies import to_universal
from tracker.language.lemmas import known_words, verb_lemma
from tracker.language.repairs import mend_agents, mend_lost_subjects, mend_reduced_relatives
from tracker.model import Parsed, Parser
from tracker.text import straight

BUILT_IN = Path(__file__).parent / "en_tracker"
_ENTITIES = {"PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC", "DATE": "DATE", "TIME": "DATE"}
_LONGEST = 1200  # characters of a "sentence"; longer ones are tables or lists that lost their breaks and only cost time


@lru_cache(maxsize=4)
def load_pipeline(name: str = "") -> Language:
    """The named spaCy pipeline ("" is the built-in one); raises LanguageError that says what to install."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # version notes of foreign pipelines are no news to the reader
            nlp = spacy.load(name or BUILT_IN)
    except (OSError, ValueError, ImportError) as error:
        what = name or "the built-in English pipeline"
        raise LanguageError(f"cannot load {what}: {error}. Install it, or leave --nlp out to use the built-in one.") from error
    nlp.vocab.vectors.data = nlp.vocab.vectors.data.astype(np.float32)  # the built-in table is stored in half precision
    if "parser" not in nlp.pipe_names or not ({"tagger", "morphologizer"} & set(nlp.pipe_names)):
        raise LanguageError(f"{name} has no tagger or no parser; name a pipeline such as en_core_web_sm")
    return nlp


def load_parser(name: str = "") -> Parser:
    """A Parser over the named pipeline. All sentences of an article go through together and no two articles do,
    so that how the work is cut cannot change a result."""
    nlp = load_pipeline(name)

    def parse(text: str, spans: Sequence[tuple[int, int]]) -> list[Parsed]:
        plain = straight(text)
        kept = [(s, e) for s, e in spans if e - s <= _LONGEST]
        docs = nlp.pipe((plain[s:e] for s, e in kept), batch_size=4096)
        return [parsed_of(doc, start, end) for doc, (start, end) in zip(docs, kept, strict=True)]

    return parse


def parsed_of(doc: Doc, start: int, end: int) -> Parsed:
    """One Doc as plain tuples, white-space tokens left out, offsets moved to the article's."""
    kept = [t for t in doc if not t.is_space]
    place = {t.i: n for n, t in enumerate(kept)}
    heads = [place.get(t.head.i, n) for n, t in enumerate(kept)]
    deps = ["root" if t.dep_ == "ROOT" else t.dep_ for t in kept]
    tags = [t.tag_ or t.pos_ for t in kept]
    heads, deps = to_universal(heads, deps, tags)
    heads, deps = one_root(heads, deps)
    tags, heads, deps = mend_lost_subjects(*mend_reduced_relatives([t.text for t in kept], tags, heads, deps))
    heads = mend_agents(tags, heads, deps)
    entities = []
    for span in doc.ents:
        inside = [place[t.i] for t in span if t.i in place]
        if inside:
            entities.append((inside[0], inside[-1] + 1, _ENTITIES.get(span.label_, "MISC")))
    return Parsed(
        start=start,
        end=end,
        words=tuple(t.text for t in kept),
        starts=tuple(start + t.idx for t in kept),
        ends=tuple(start + t.idx + len(t) for t in kept),
        lemmas=tuple(_lemma(t, tag) for t, tag in zip(kept, tags, strict=True)),
        tags=tuple(tags),
        heads=tuple(heads),
        deps=tuple(deps),
        entities=tuple(entities),
    )


def _lemma(token: Token, tag: str) -> str:
    """The token's base form, of a verb without the lemmatizer's slips."""
    lemma = (token.lemma_ or token.text).lower()
    return verb_lemma(token.text.lower(), lemma, known_words()) if tag.startswith("VB") else lemma


def one_root(heads: list[int], deps: list[str]) -> tuple[list[int], list[str]]:
    """One token on top, labelled root: the first of the tops with that label, or the first. Other tops hang on it as parataxis.

    A parser that cuts what it is given once more can leave a top with the label it had in the longer sentence, "conj" say.
    """
    tops = [n for n, head in enumerate(heads) if head == n]
    top = next((n for n in tops if deps[n] == "root"), tops[0] if tops else 0)
    for n in tops:
        heads[n], deps[n] = top, "root" if n == top else "parataxis"
    return heads, deps
