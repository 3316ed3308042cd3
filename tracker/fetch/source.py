"""Where bytes come from: files and pipes, read within bounds, unpacked within bounds."""
from __future__ import annotations

import gzip
import io
import stat
import zlib
from pathlib import Path
from typing import Final

from tracker.fetch.base import Unread

_CHUNK: Final = 1 << 20
_FREE: Final = 1 << 20  # unpacked bytes for which any ratio is fine: small repetitive files pack well
_RATIO: Final = 150  # unpacked over packed; news as JSON lines packs 3 to 20 times, a bomb about 1,000 times


def load_bytes(path: Path, limit: int) -> bytes:
    """The bytes of a plain file or named pipe, unpacked if its name ends in .gz; raises Unread beyond `limit` or when refused."""
    return unpack_named(path, load_raw(path, limit), limit)


def unpack_named(path: Path, raw: bytes, limit: int) -> bytes:
    """The bytes of a file as its name promises: unpacked if it ends in .gz."""
    return unpack(raw, limit) if path.name.lower().endswith(".gz") else raw


def load_raw(path: Path, limit: int) -> bytes:
    """The bytes of a plain file or named pipe as they lie on disk; raises Unread beyond `limit` or when refused."""
    try:
        mode = path.stat().st_mode
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            raise Unread("not a plain file", "only files and pipes can be read")
        with path.open("rb") as file:
            raw = file.read(limit + 1)
    except OSError as error:
        raise Unread("cannot be read", f"{error.strerror or 'the system refused'}; check the file and its permissions") from error
    within(len(raw), limit)
    return raw


def unpack(raw: bytes, limit: int) -> bytes:
    """The content of gzip bytes; raises Unread when they are broken, unpack to more than `limit`, or pack more tightly than news can."""
    out = bytearray()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
            while chunk := packed.read(_CHUNK):
                out += chunk
                within(len(out), limit)
                if len(out) > _FREE and len(out) > _RATIO * len(raw):
                    raise Unread("too big", f"the archive unpacks to more than {_RATIO} times its size; unpack it by hand if that is right")
    except (OSError, EOFError, zlib.error) as error:
        raise Unread("broken archive", "this is not a whole gzip file; pack it again") from error
    return bytes(out)


def within(size: int, limit: int) -> None:
    """Raises Unread for a size beyond the limit."""
    if size > limit:
        raise Unread("too big", f"more than {limit} bytes; an article is smaller, so split or cut the file")
