"""`python -m tracker` is `tracker`."""
from __future__ import annotations

from tracker.cli import main

if __name__ == "__main__":  # worker processes import this file too
    main()
