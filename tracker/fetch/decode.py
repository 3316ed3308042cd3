"""Bytes to text: byte-order marks, UTF-8, what a page declares, then a guess by charset-normalizer."""
from __future__ import annotations

import codecs
import re
from typing import Final

from tracker.fetch.base import Unread

_BOMS: Final = ((codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_MAGIC: Final = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"\x7fELF", b"\x1f\x8b", b"BZh",
                  b"\xfd7zXZ", b"7z\xbc\xaf", b"\xd0\xcf\x11\xe0", b"OggS", b"ID3", b"RIFF")
_CONTROL: Final = bytes(b for b in range(32) if b not in b"\t\n\r\x0b\x0c\x1b\x1a") + b"\x7f"
_DECLARED: Final = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
                              rb"""|^<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""", re.IGNORECASE)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")
_NO_CHARSETS: Final = frozenset(("utf-7", "unicode_escape", "raw_unicode_escape", "undefined", "idna", "punycode", "unicode-escape", "raw-unicode-escape"))
# Encodings in which news is stored; a free choice among all of Python's lets short texts become EBCDIC or Mac Turkish.
_LIKELY: Final = ["cp1252", "cp1251", "cp1250", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "iso8859_2",
                  "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr", "utf_16_le", "utf_16_be"]
_SAMPLE: Final = 8192  # bytes looked at for a file's nature; every binary format shows itself earlier
_CONTROL_SHARE: Final = 0.05  # share of control bytes from which a file is not text; text has none, a text torn by transfer below 1 %
_ASCII_SHARE: Final = 0.9  # English in any Latin encoding is above 98 % ASCII; below .9 the language may be another, and the guess is left to the library


def decode(raw: bytes, *, page: bool = False) -> str:
    """The text of a file, line ends as they are; lone surrogates become U+FFFD. `page`: markup may declare its encoding.

    Raises Unread for binary files and for bytes that no likely encoding explains.
    """
    for bom, name in _BOMS:
        if raw.startswith(bom):
            return _strict(raw, name)
    if looks_binary(raw):
        raise Unread("binary", "this is not text; save the article as .txt, .md or .html")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return plain(_other(raw, page))


def looks_binary(raw: bytes) -> bool:
    """Whether the first bytes are those of a picture, an archive or a program and not of text in one of the likely encodings."""
    head = raw[:_SAMPLE]
    if head.startswith(_MAGIC):
        return True
    if b"\x00" in head:
        return not _two_byte(head)
    return len(head) - len(head.translate(None, _CONTROL)) > _CONTROL_SHARE * len(head)


def plain(text: str) -> str:
    """The text without lone surrogates, which no file can hold."""
    return _SURROGATE.sub("\ufffd", text)


def _two_byte(head: bytes) -> bool:
    """UTF-16 without a mark: nearly every second byte is zero, always on one side."""
    half = len(head) // 2
    sides = sorted((head[0::2].count(0), head[1::2].count(0)))
    return half >= 8 and sides[0] == 0 and sides[1] > 0.7 * half


def _strict(raw: bytes, name: str) -> str:
    try:
        return plain(raw.decode(name))
    except (UnicodeError, LookupError) as error:
        raise Unread("cannot be decoded", f"the bytes are not {name.upper()} as their mark says; save the file as UTF-8") from error


def _other(raw: bytes, page: bool) -> str:
    """Text that is not valid UTF-8."""
    torn = raw.decode("utf-8", "replace")
    bad, good = torn.count("\ufffd"), sum(c > "\x7f" for c in torn[:200_000])
    if bad <= 1 + len(torn) // 2000 and good - bad > bad:
        return torn  # UTF-8 with a few torn bytes; another encoding would spoil every quotation mark
    declared = _declared(raw) if page else ""
    if declared:
        try:
            return raw.decode(declared)
        except (UnicodeError, LookupError):
            pass  # pages lie about their encoding; go on as if they had said nothing
    if sum(b < 128 for b in raw) > _ASCII_SHARE * len(raw) and b"\x00" not in raw[:_SAMPLE]:
        return raw.decode("cp1252", "replace")
    return _guess(raw)


def _declared(raw: bytes) -> str:
    """The encoding that a page names, if it is one of text."""
    found = _DECLARED.search(raw[:4096])
    name = (found.group(1) or found.group(2)).decode("ascii", "ignore") if found else ""
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError):
        return ""
    return name if getattr(info, "_is_text_encoding", True) and info.name not in _NO_CHARSETS else ""


def _guess(raw: bytes) -> str:
    from charset_normalizer import from_bytes

    best = from_bytes(raw[:65536], cp_isolation=_LIKELY).best()
    if best is None:
        raise Unread("cannot be decoded", "no known encoding explains these bytes; save the file as UTF-8")
    return raw.decode(best.encoding, "replace")
