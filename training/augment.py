"""What training needs that spaCy has not: headline capitals, which no treebank here holds, and a lemmatizer that can be trained further."""
from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

SMALL = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "as", "by", "from", "with"}


def headline(example: Example, nlp: Language) -> Example:
    """The same sentence in headline capitals without its final stop; annotations unchanged."""
    data = example.to_dict()
    words = [t.text if t.lower_ in SMALL and t.i else t.text[:1].upper() + t.text[1:] for t in example.reference]
    data["token_annotation"]["ORTH"] = words
    doc = Doc(nlp.vocab, words=words, spaces=[bool(t.whitespace_) for t in example.reference])
    return Example.from_dict(doc, data)


@spacy.registry.augmenters("tracker.headline.v1")
def create_headline_augmenter(level: float, seed: int) -> Callable[[Language, Example], Iterator[Example]]:
    """Replace a share `level` of the sentences by their headline form."""
    chance = random.Random(seed)

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        if chance.random() < level and 4 <= len(example.reference) <= 25:
            yield headline(example, nlp)
        else:
            yield example

    return augment


def restore_labels(nlp: Language) -> Language:
    """Tell the lemmatizer which label each of its trees has: it forgets that when it is stored, and would learn the first label for every word."""
    lemmatizer = nlp.get_pipe("trainable_lemmatizer")
    lemmatizer.tree2label = {tree: label for label, tree in enumerate(lemmatizer.cfg["labels"])}
    return nlp


@spacy.registry.callbacks("tracker.restore_labels.v1")
def create_restore_labels() -> Callable[[Language], Language]:
    """For a model whose training goes on."""
    return restore_labels
