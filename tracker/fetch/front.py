"""Front matter: the few YAML lines at the head of a .md file that say outlet, address, title and date."""
from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import yaml

from tracker.fetch.base import Unread
from tracker.fetch.rows import fields

_BLOCK: Final = re.compile(r"\ufeff?---[ \t]*\r?\n(.*?)(?<=\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_LIMIT: Final = 16_384  # characters; a head of more is not metadata
_BAD: Final = Unread("front matter not read", "the lines between --- and --- must be plain `key: value` YAML; the article was read without them")


class _Plain(yaml.SafeLoader):
    """Safe YAML without aliases, so that a small file cannot grow into a large value."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not allowed here")
        return super().compose_node(parent, index)


# Dates stay the text that was written: "2024-10-14" needs no calendar here, and a broken one must not raise.
_Plain.yaml_implicit_resolvers = {key: [rule for rule in rules if rule[0] != "tag:yaml.org,2002:timestamp"]
                                  for key, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()}


def split_front(text: str) -> tuple[dict[str, str], int, Unread | None]:
    """Metadata of the front matter, where the article starts, and what was wrong with the front matter."""
    found = _BLOCK.match(text[: _LIMIT + 64])
    if not found:
        return {}, 0, _BAD if re.match(r"\ufeff?---[ \t]*\r?\n[\w-]{1,40}:", text) else None
    values = _load(found.group(1))
    if values is None:
        return {}, found.end(), _BAD
    given = fields(values)
    given.pop("text", None)
    return given, found.end(), None


def _load(block: str) -> Mapping[Any, Any] | None:
    try:
        values = yaml.load(block, Loader=_Plain)
    except (yaml.YAMLError, ValueError, TypeError, RecursionError):
        return None
    return values if isinstance(values, Mapping) else ({} if values is None else None)
