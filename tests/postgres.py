"""A real PostgreSQL server for the tests, from Debian's packages: its own folder, a socket and no port."""
from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

MISSING = "PostgreSQL is not installed here (Debian: apt-get install postgresql); the tests over it are skipped"


def binaries() -> Path | None:
    """The folder of initdb and pg_ctl, the newest version's; None if there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda p: int(p.parts[4])) if Path("/usr/lib/postgresql").is_dir() else []
    named = shutil.which("initdb")
    return found[-1].parent if found else Path(named).resolve().parent if named else None


class Server:
    """Started when made; every `url()` is a new, empty database."""

    def __init__(self) -> None:
        self.bin = binaries()
        assert self.bin is not None
        self.folder = Path(tempfile.mkdtemp(prefix="trackerpg"))
        # The server refuses to run as root: Debian's package brings a user of its own.
        self.user = "postgres" if os.geteuid() == 0 else None
        if self.user:
            shutil.chown(self.folder, self.user)
        self._run(self.bin / "initdb", "-D", self.folder / "data", "-U", "tracker", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        options = f"-k {self.folder} -c listen_addresses='' -c fsync=off -c max_connections=60"
        self._run(self.bin / "pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o", options, "start")
        self.count = 0

    def _run(self, *command: object) -> None:
        subprocess.run([str(c) for c in command], check=True, capture_output=True, user=self.user, cwd=self.folder, timeout=120)

    def url(self) -> str:
        """The URL of a new database."""
        import psycopg

        self.count += 1
        name = f"case{self.count}"
        with psycopg.connect(f"postgresql://tracker@/postgres?host={self.folder}", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]  # the name is ours
        return f"postgresql://tracker@/{name}?host={self.folder}"

    def stop(self) -> None:
        assert self.bin is not None
        self._run(self.bin / "pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)
