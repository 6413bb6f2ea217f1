"""Recognition of scans (OCR): the picture of a page becomes lines of text, each with its box.

For readers of formats: `recognise` reads one page, `layout_of_scan.page_text` puts its lines in order.
The libraries are the extra `gongkai[ocr]`; their wheel carries the models, nothing is ever downloaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer.errors import UnreadableError
from indexer.messages import Message

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    Corners = NDArray[np.float32]

LOW_CONFIDENCE = 90
"""Percent; a line recognised less surely than this is doubtful."""
_MODELS = {
    "Det": "PP-OCRv6_det_small.onnx",
    "Cls": "ch_ppocr_mobile_v2.0_cls_mobile.onnx",
    "Rec": "PP-OCRv6_rec_small.onnx",
}
_DETECTED = 960  # pixels of the longer side of what the detector sees
_UPRIGHT = 12  # lines that tell which way is up, at most
_TALL = 1.5  # of its width: how high the box of a line is, in a page that lies on its side
_COLUMN = 3.0  # how high a box is that holds characters one below the other, in an upright page
_LEAD = 4  # of its height: the width of a line's beginning that tells which way is up


class RecognisedLine(NamedTuple):
    """A line as it was recognised.

    `box` is left, top, right, bottom in pixels of the page once that stands upright and straight;
    `confidence` is in percent.
    """

    text: str
    box: tuple[float, float, float, float]
    confidence: int


def recognise(image: Pixels) -> tuple[RecognisedLine, ...]:
    """The lines of a page, in no order: `image` is its height × width × 3 (RGB).

    A page that lies on its side or stands on its head is turned. Raises UnreadableError where the
    extra is not installed.
    """
    engine = _engine()
    pixels = np.ascontiguousarray(image[:, :, ::-1])  # the models take BGR
    boxes = engine.text_det(pixels).boxes
    if boxes is None:
        return ()
    pixels, corners = _upright(engine, pixels, np.asarray(boxes, dtype=np.float32))
    crops = [_crop(pixels, box) for box in corners]
    read = engine.recognize_txt(crops)
    straight = _straight(corners)
    return tuple(
        RecognisedLine(text.strip(), _bounds(box), int(100 * score))
        for text, score, box in zip(read.txts, read.scores, straight, strict=True)
        if text.strip()
    )


@cache
def _engine() -> Any:
    """The models, loaded once a process; a thread each, for the indexer runs a process a core."""
    try:
        import rapidocr
    except ImportError:
        raise UnreadableError(Message("scan_needs_extra")) from None
    folder = Path(rapidocr.__file__).parent / "models"
    params: dict[str, object] = {
        f"{task}.model_path": str(folder / name) for task, name in _MODELS.items()
    }
    params |= {
        "Global.log_level": "critical",
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        "Rec.rec_batch_num": 1,  # lines of several lengths at a time take more memory, and longer
        "Det.limit_type": "max",
        "Det.limit_side_len": _DETECTED,
    }
    engine = rapidocr.RapidOCR(params=params)
    engine._load_det_model()
    return engine


def _upright(engine: Any, pixels: Pixels, corners: Corners) -> tuple[Pixels, Corners]:
    """The page and its boxes, turned so that its lines run from left to right."""
    widths, heights = _sizes(corners)
    on_its_side = heights > _TALL * widths
    if heights[on_its_side].sum() > widths[~on_its_side].sum():
        pixels, corners = _turned(pixels, corners)
        widths, heights = _sizes(corners)
    longest = np.argsort(-widths)[:_UPRIGHT]
    crops = [_crop(pixels, corners[at]) for at in longest]
    leads = [crop[:, : _LEAD * crop.shape[0]] for crop in crops]
    votes = engine.cls_and_rotate(leads)[1].cls_res
    if sum(score if label == "180" else -score for label, score in votes) > 0:
        pixels, corners = _turned(*_turned(pixels, corners))
    return pixels, corners


def _turned(pixels: Pixels, corners: Corners) -> tuple[Pixels, Corners]:
    """Turned by 90° against the clock; the first corner of a box is its upper left again."""
    width = pixels.shape[1]
    x, y = corners[:, :, 0], corners[:, :, 1]
    turned = np.stack([y, width - x], axis=2)
    return np.ascontiguousarray(np.rot90(pixels)), np.roll(turned, -1, axis=1)


def _sizes(corners: Corners) -> tuple[Corners, Corners]:
    """Widths and heights of boxes, along their sides."""
    widths = np.linalg.norm(corners[:, 0] - corners[:, 1], axis=1)
    return widths, np.linalg.norm(corners[:, 0] - corners[:, 3], axis=1)


def _crop(pixels: Pixels, box: Corners) -> Pixels:
    """The line in a box, straightened; characters one below the other lie on their side."""
    import cv2

    widths, heights = _sizes(box[np.newaxis])
    width, height = max(1, int(widths[0])), max(1, int(heights[0]))
    onto = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float32)
    matrix = cv2.getPerspectiveTransform(box, onto)
    crop: Pixels = cv2.warpPerspective(
        pixels, matrix, (width, height), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE
    )
    return np.ascontiguousarray(np.rot90(crop)) if height >= _COLUMN * width else crop


def _straight(corners: Corners) -> Corners:
    """The boxes where they would be if the page were not skewed: by the median of their slopes."""
    along = corners[:, 1] - corners[:, 0]
    long = along[:, 0] >= np.median(along[:, 0])
    angle = float(np.median(np.arctan2(along[long, 1], along[long, 0])))
    cos, sin = np.cos(angle), np.sin(angle)
    return corners @ np.array([[cos, -sin], [sin, cos]], dtype=np.float32)


def _bounds(box: Sequence[Any] | Corners) -> tuple[float, float, float, float]:
    points = np.asarray(box)
    (left, top), (right, bottom) = points.min(axis=0), points.max(axis=0)
    return float(left), float(top), float(right), float(bottom)
