"""Recognition of scans (OCR): the picture of a page becomes lines of text, each with its box.

For readers of formats: `recognise` reads one page, `layout.page_text` puts its lines in order.
The libraries are the extra `gongkai[ocr]`; their wheel carries the models, nothing is ever downloaded.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from indexer.errors import UnreadableError
from indexer.messages import Message
from indexer.reading.page_done import page_done
from indexer.reading.scans.boxes import (
    Corners,
    Pixels,
    Rect,
    bounds,
    corners_of,
    crop,
    sizes,
    straightened,
    turned,
)
from indexer.reading.scans.cells import Cell, Piece, in_pieces

UNREADABLE = 60
"""Percent: of what was recognised less surely, half the characters and more were wrong."""
_MODELS = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
}
_DETECTED = (960, 1_600)  # pixels of the longer side of what the detector sees; first the less
_SMALL = 15  # pixels that a line is high there, at most, where print is small
_LONGEST = (
    100  # times its height: how wide a line is; what is wider is a rule, and would take memory
)
_UPRIGHT = 12  # lines that tell which way is up, at most
_TALL = 1.5  # of its width: how high the box of a line is, in a page that lies on its side
_EM = 0.6  # of a box's height: the width of its characters
_LEAD = 4  # of its height: the width of a line's beginning that tells which way is up


class RecognisedLine(NamedTuple):
    """A line as it was recognised.

    `box` is left, top, right, bottom in pixels of the page once that stands upright and straight;
    `confidence` is in percent; `cell` where it stands in a table with ruled lines.
    """

    text: str
    box: Rect
    confidence: int
    cell: Cell | None = None


def recognise(image: Pixels) -> tuple[RecognisedLine, ...]:
    """The lines of a page, in no order: `image` is its height × width × 3 (RGB).

    A page that is skewed, lies on its side or stands on its head is put right. Raises
    UnreadableError where the extra is not installed.
    """
    engine = _engine()
    pixels = np.ascontiguousarray(image[:, :, ::-1])  # the models take BGR
    found = _detected(engine, pixels)
    if not len(found):
        return ()
    pixels, corners = straightened(*_upright(engine, pixels, found))
    pieces, boxes = _pieces(pixels, corners)
    read = engine.recognize_txt([crop(pixels, box) for box in boxes])
    page_done()
    return tuple(
        RecognisedLine(text.strip(), piece.rect, int(100 * score), piece.cell)
        for text, score, piece in zip(read.txts, read.scores, pieces, strict=True)
        if text.strip()
    )


@cache
def _engine() -> Any:
    """The models, loaded once a process; a thread each, for the indexer runs a process a core."""
    try:
        import rapidocr

        engine = rapidocr.RapidOCR(params=_parameters(Path(rapidocr.__file__).parent / "models"))
        engine._load_det_model()
    except ImportError:
        raise UnreadableError(Message("scan_needs_extra")) from None
    return engine


def _parameters(models: Path) -> dict[str, object]:
    """With the paths of models given, the library asks for no others."""
    return {
        **{f"{task}.model_path": str(models / name) for task, name in _MODELS.items()},
        "Global.log_level": "critical",
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "Rec.rec_batch_num": 1,  # lines of several lengths at a time take more memory, and longer
        "Det.limit_type": "max",
    }


def _detected(engine: Any, pixels: Pixels) -> Corners:
    """The boxes of lines; where they are low, those that a closer look shows."""
    longer = max(pixels.shape[:2])
    found = np.empty((0, 4, 2), dtype=np.float32)
    for side in _DETECTED:
        engine.text_det.limit_side_len = side
        boxes = engine.text_det(pixels).boxes
        if boxes is not None:
            found = np.asarray(boxes, dtype=np.float32)
        found = found[np.maximum(*sizes(found)) < _LONGEST * np.minimum(*sizes(found))]
        heights = np.minimum(*sizes(found))
        if longer <= side or (len(found) and np.median(heights) * side > _SMALL * longer):
            break
    return found


def _upright(engine: Any, pixels: Pixels, corners: Corners) -> tuple[Pixels, Corners]:
    """The page and its boxes, turned so that its lines run from left to right."""
    widths, heights = sizes(corners)
    on_its_side = heights > _TALL * widths
    if heights[on_its_side].sum() > widths[~on_its_side].sum():
        pixels, corners = turned(pixels, corners)
        widths, heights = sizes(corners)
    longest = np.argsort(-widths)[:_UPRIGHT]
    lines = [crop(pixels, corners[at]) for at in longest]
    leads = [line[:, : _LEAD * line.shape[0]] for line in lines]
    votes = engine.cls_and_rotate(leads)[1].cls_res
    if sum(score if label == "180" else -score for label, score in votes) > 0:
        pixels, corners = turned(*turned(pixels, corners))
    return pixels, corners


def _pieces(pixels: Pixels, corners: Corners) -> tuple[list[Piece], list[Corners]]:
    """The lines to recognise, and their boxes; those of a table's cells end where the cells do."""
    rects = [bounds(box) for box in corners]
    em = _EM * float(np.median(sizes(corners)[1]))
    pieces = in_pieces(pixels.mean(axis=2).astype(np.uint8), rects, em)
    own = dict(zip(rects, corners, strict=True))
    boxes = [own.get(piece.rect, corners_of(piece.rect)) for piece in pieces]
    return pieces, boxes
