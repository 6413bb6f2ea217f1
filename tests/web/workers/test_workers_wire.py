"""What the processes tell each other, and when the other side is gone."""

from __future__ import annotations

import pytest

from tests.web.workers.tools import ON_LINUX
from web.workers.wire import LostError, channel, lane, receive, send, told

pytestmark = ON_LINUX


def test_a_lane_tells_when_the_other_side_is_gone() -> None:
    ours, theirs = lane()
    with ours:
        with theirs:
            send(ours, {"a": "公开"}, b"\0\xff")
            assert receive(theirs) == ({"a": "公开"}, b"\0\xff")
            ours.settimeout(0)
            with pytest.raises((TimeoutError, LostError)):
                receive(ours)
        with pytest.raises(LostError):
            receive(ours)
        with pytest.raises(LostError):
            send(ours, {})


def test_a_channel_tells_when_the_other_side_is_gone() -> None:
    ours, theirs = channel()
    with ours:
        theirs.close()
        with pytest.raises(LostError):
            told(ours)
