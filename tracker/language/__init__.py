"""The language room: loads a spaCy pipeline from disk and hands out a Parser, so that extract stays pure."""
from __future__ import annotations

from tracker.language.encoder import load_encoder
from tracker.language.pipeline import load_parser
from tracker.language.vectors import load_vectors
from tracker.language.weights import load_weights

__all__ = ["load_encoder", "load_parser", "load_vectors", "load_weights"]
