"""How much a run draws: all where GONGKAI_DEEP is set, as in CI (`make test-deep`), a third elsewhere.

Draws that hypothesis makes differ from run to run; those by a seed are the first of them.
"""

from __future__ import annotations

import os

DEEP = bool(os.environ.get("GONGKAI_DEEP"))


def draws(whole: int) -> int:
    return whole if DEEP else -(-whole // 3)
