"""From documents to articles: the printed text, who published it and when, whom it credits as a whole, and what of it is not the story."""
from __future__ import annotations

from tracker.parse.articles import article_text, parse_articles, parse_document, settle_articles

__all__ = ["article_text", "parse_articles", "parse_document", "settle_articles"]
