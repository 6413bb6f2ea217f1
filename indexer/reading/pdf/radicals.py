"""Characters that a font's table gives for others that look the same.

Makers of PDF look up a glyph's character and often find a radical instead (⽅ for 方, ⻚ for 页), a
compatibility ideograph or a ligature (ﬁ). No report prints those on purpose.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

_SUPPLEMENT = (
    "⺁厂⺊卜⺒巳⺓幺⺝月⺟母⺠民⺩王⺬示⺰纟⺶羊⺻聿⺼月⻁虎⻄西⻅见⻆角⻇角⻉贝⻋车⻐钅⻑長⻓长⻔门⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻠饣"
    "⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
"""Radicals that Unicode maps to no character, each followed by its own."""
_NORMAL = (range(0x2F00, 0x2FD6), range(0xF900, 0xFADA), range(0xFB00, 0xFB07))

RADICALS: Mapping[str, str] = MappingProxyType(
    {
        **{
            chr(code): unicodedata.normalize("NFKC", chr(code))
            for codes in _NORMAL
            for code in codes
        },
        **dict(zip(_SUPPLEMENT[::2], _SUPPLEMENT[1::2], strict=True)),
    }
)
"""What is printed for each."""
