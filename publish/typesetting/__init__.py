"""Chinese text set as a newspaper's compositor sets it: styled runs in, placed glyphs out.

Knows nothing of PDF, HTML or any renderer. Rules are from W3C's *Requirements for Chinese Text
Layout*; docs/clreq.md lists those taken and those left out.
"""

from publish.typesetting.classes import CharacterClass, Script, character_class, script_of
from publish.typesetting.compose import Align, compose, natural_width
from publish.typesetting.lines import Line, Paragraph, PlacedRuby, PlacedRun
from publish.typesetting.settings import Prohibition, PunctuationStyle, Settings
from publish.typesetting.text import Face, ShapedGlyph, TextRun, TextStyle

__all__ = [
    "Align",
    "CharacterClass",
    "Face",
    "Line",
    "Paragraph",
    "PlacedRuby",
    "PlacedRun",
    "Prohibition",
    "PunctuationStyle",
    "Script",
    "Settings",
    "ShapedGlyph",
    "TextRun",
    "TextStyle",
    "character_class",
    "compose",
    "natural_width",
    "script_of",
]
