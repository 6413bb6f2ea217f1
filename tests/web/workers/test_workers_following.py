"""Each state of the index has a crew of its own."""

from __future__ import annotations

from pathlib import Path

from search.local.engine import IndexEngine
from search.local.live import LiveSource, warmed
from search.source import FixedSource
from tests.web.workers.tools import ON_LINUX, Front, add, made_app, runs, until
from web.workers.crew import Crew
from web.workers.following import Following
from web.workers.setup import setup_of

pytestmark = ON_LINUX


def test_a_new_state_of_the_index_is_answered_by_a_crew_of_its_own(tmp_path: Path) -> None:
    add(tmp_path, 2019)
    with LiveSource(tmp_path / "index", every=0.02) as source:
        app = made_app(source, tmp_path / "index")
        with Front(app, source, tmp_path / "index") as front:
            front.wait()
            first = front.crew
            numbers = [*first.numbers, first.keeper]
            assert found(front) == (1, True)
            add(tmp_path, 2020)
            until(lambda: source.now().state != first.state)
            assert found(front)[0] == 2  # whoever makes it
            until(lambda: front.following.crew is not first)
            front.wait()
            assert found(front) == (2, True)
            until(lambda: not any(map(runs, numbers)))


def found(front: Front) -> tuple[int, bool]:
    """How many reports say it, and whether a worker counted them."""
    said = front.app.test_client().get("/api/search?q=群众").get_json()
    return said["total"]["reports"], front.made[-1] is not None


def test_a_crew_that_ends_at_once_is_made_again_later(index: Path) -> None:
    """One whose index is in another state, for instance: until then the front makes all pages."""
    source = FixedSource(IndexEngine(index))
    app = made_app(source, index)
    setup = setup_of(app, warmed, index, None)
    begun: list[Crew] = []
    coming: list[bool] = []

    def start(state: str) -> Crew:
        coming.append(following.coming)
        if not begun:
            begun.append(Crew(setup, "another", 1))
            return begun[0]
        if len(begun) == 1:
            begun.append(begun[0])
            raise OSError("no room")
        begun.append(Crew(setup, state, 1))
        return begun[-1]

    following = Following(source, start, every=0.01, try_again=0.1)
    with following:
        app.forwarding.workers = following
        assert app.test_client().get("/?q=公布").status_code == 200
        until(lambda: following.crew and following.crew.state == source.now().state)
        until(lambda: following.crew and following.crew.numbers)
        assert not following.coming
    assert all(crew.ended for crew in begun)
    assert all(coming)
