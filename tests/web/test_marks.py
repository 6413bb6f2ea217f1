from __future__ import annotations

from indexer.model import Line
from search.model import Hit
from web.report.marks import marks


def test_hits_that_touch_stay_apart_and_those_that_overlap_are_one() -> None:
    marked = marks([Hit(0, 2), Hit(2, 4), Hit(5, 8), Hit(6, 7), Hit(7, 9)], None)
    ((piece,),) = marked.cells(Line("甲乙丙丁戊己庚辛壬癸", 0))
    assert [(run.text, run.hit) for run in piece.runs] == [
        ("甲乙", 1),
        ("丙丁", 2),
        ("戊", 0),
        ("己庚辛壬", 3),
        ("癸", 0),
    ]


def test_a_hit_across_cells_is_marked_in_both() -> None:
    first, second = marks([Hit(11, 14)], (10, 13)).cells(Line("甲乙\t丙丁", 10))
    assert [(run.text, run.hit, run.opens) for piece in first for run in piece.runs] == [
        ("甲", 0, False),
        ("乙", 1, True),
    ]
    assert [(piece.quoted, piece.opens) for piece in (*first, *second)] == [
        (True, True),
        (False, False),
    ]
    assert [(run.text, run.hit, run.opens) for piece in second for run in piece.runs] == [
        ("丙", 1, False),
        ("丁", 0, False),
    ]
