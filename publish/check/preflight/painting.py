"""What is painted on a page: every text, line, area and picture, with its colour and its size.

Content streams are read with pikepdf, forms inside them too (ISO 32000-1, 8 and 9).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Matrix, Name

Box = tuple[float, float, float, float]
"""Left, bottom, right, top: pt, of the page's own coordinates."""

DEPTH = 24
"""How deep forms may lie in each other."""
FORMS = 2000
"""Forms of one page that are read: a file may be made so that they are endless."""
INVISIBLE = 3
"""The text rendering mode of text that is not painted (ISO 32000-1, 9.3.6)."""


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour: ``space`` is DeviceCMYK, DeviceGray, DeviceRGB, ICCBased3, Separation, …"""

    space: str = "DeviceGray"
    values: tuple[float, ...] = (0.0,)
    name: str = ""
    """Of a spot colour its name."""

    @property
    def inks(self) -> tuple[float, float, float, float] | None:
        """Return cyan, magenta, yellow and black, from 0 to 1; None for another colour."""
        if self.space == "DeviceCMYK" and len(self.values) == 4:
            cyan, magenta, yellow, black = self.values
            return cyan, magenta, yellow, black
        if self.space == "DeviceGray" and self.values:
            return 0.0, 0.0, 0.0, 1 - self.values[0]
        return None


@dataclass(frozen=True, slots=True)
class Paint:
    """One thing painted. ``size`` is a text's in pt, a line's thickness, a picture's ppi."""

    kind: str
    """text, fill, stroke, image or shading; mask for all that is in a soft mask."""
    page: int
    colour: Colour
    box: Box
    size: float = 0.0
    over: bool = False
    """It overprints, and inks it does not have leave those below alone (OPM 1)."""
    name: str = ""
    thing: Any = None
    """The picture or shading itself."""


@dataclass(frozen=True, slots=True)
class _State:
    ctm: Matrix = field(default_factory=Matrix)
    fill: Colour = Colour()
    stroke: Colour = Colour()
    width: float = 1.0
    fill_over: bool = False
    stroke_over: bool = False
    keeps: bool = False
    """Inks that a colour does not have leave those below alone (OPM 1)."""
    mode: int = 0
    size: float = 0.0
    leading: float = 0.0
    clip: Box | None = None
    """The box round what is not clipped away."""

    def overprints(self, colour: Colour, *, stroke: bool) -> bool:
        """Tell whether a colour leaves inks below alone: only one given in inks can."""
        over = self.stroke_over if stroke else self.fill_over
        return over and self.keeps and colour.space == "DeviceCMYK"


def paints(page: pikepdf.Page, number: int) -> tuple[list[Paint], list[str]]:
    """Return what a page paints, in its order, and why some of it could not be read."""
    resources = page.obj.get("/Resources", Dictionary())
    reader = _Reader(number)
    return list(reader.read(page, resources, _State(), 0)), list(dict.fromkeys(reader.unread))


@dataclass(slots=True)
class _Reader:
    page: int
    path: list[list[tuple[float, float]]] = field(default_factory=list)
    """Each piece of the path in hand, a rectangle or what begins with a move."""
    forms: int = 0
    seen: set[Any] = field(default_factory=set)
    """Glyphs of Type 3 fonts that were read: they are, once a page."""
    unread: list[str] = field(default_factory=list)
    """What could not be read, and was passed over."""

    def read(self, source: Any, resources: Any, state: _State, depth: int) -> Iterator[Paint]:
        """Yield what a stream paints. An instruction that cannot be read is passed over."""
        stack: list[_State] = []
        text = Matrix(), Matrix()
        clipping = False
        try:
            instructions = pikepdf.parse_content_stream(source)
        except (pikepdf.PdfError, TypeError, AttributeError) as error:
            self.unread.append(f"a stream: {error}")
            return
        for instruction in instructions:
            operands: Any = instruction.operands
            name = str(instruction.operator)
            try:
                if name == "q":
                    stack.append(state)
                elif name == "Q":
                    state = stack.pop() if stack else state
                else:
                    state = _changed(state, name, operands, resources)
                text = _moved(text, name, operands, state)
                if name in ("W", "W*"):
                    clipping = True
                elif name in ("m", "l", "c", "v", "y", "re"):
                    self._extend(name, [float(one) for one in operands], state.ctm)
                else:
                    yield from self._paint(name, operands, resources, state, text[0], depth)
                if name in _PAINTING:
                    if clipping and self.path:
                        corners = [corner for piece in self.path for corner in piece]
                        state = replace(state, clip=_within(_box(corners), state.clip))
                    self.path, clipping = [], False
            except _ODD:
                self.unread.append(f"the operator {name}")

    def _paint(
        self, name: str, operands: Any, resources: Any, state: _State, text: Matrix, depth: int
    ) -> Iterator[Paint]:  # fmt: skip
        if name in ("Tj", "TJ", "'", '"'):
            if state.mode != INVISIBLE and _shows(operands):
                yield self._text(state, text)
        elif name in _PAINTING:
            yield from self._painted(name, state)
        elif name == "sh":
            shading = resources.get("/Shading", {}).get(str(operands[0]))
            if shading is not None:
                box = _box(_corners(state.ctm)) if state.clip is None else state.clip
                space = _space(shading.ColorSpace, resources)
                yield Paint("shading", self.page, space, box, thing=shading)
        elif name in ("Do", "INLINE IMAGE"):
            yield from self._drawn(name, operands, resources, state, depth)
        elif name in ("scn", "SCN") and operands and isinstance(operands[-1], Name):
            pattern = resources.get("/Pattern", Dictionary()).get(str(operands[-1]))
            yield from self._pattern(pattern, resources, state, depth)
        elif name == "gs":
            found = resources.get("/ExtGState", Dictionary()).get(str(operands[0]), Dictionary())
            mask = found.get("/SMask")
            if isinstance(mask, Dictionary) and "/G" in mask:
                for paint in self._form(mask.G, resources, state, depth):
                    yield replace(paint, kind="mask")
        elif name == "Tf":
            yield from self._glyphs(resources.get("/Font", {}).get(str(operands[0])), state, depth)

    def _pattern(
        self, pattern: Any, resources: Any, state: _State, depth: int
    ) -> Iterator[Paint]:  # fmt: skip
        """Yield what a pattern paints: a tile of its own, or a shading."""
        if pattern is None:
            return
        whole = state.clip or (-1e5, -1e5, 1e5, 1e5)
        if "/Shading" in pattern:
            space = _space(pattern.Shading.ColorSpace, resources)
            yield Paint("shading", self.page, space, whole, thing=pattern.Shading)
        elif isinstance(pattern, pikepdf.Stream):
            for paint in self._form(pattern, resources, replace(state, clip=None), depth):
                yield replace(paint, box=whole) if paint.kind != "image" else paint

    def _glyphs(self, font: Any, state: _State, depth: int) -> Iterator[Paint]:
        """Yield the colours that a Type 3 font paints its glyphs in itself."""
        if font is None or font.get("/Subtype") != "/Type3" or font.objgen in self.seen:
            return
        self.seen.add(font.objgen)
        for glyph in dict(font.get("/CharProcs", {})).values():
            if re.search(rb"(?<!\S)d0(?!\S)", glyph.read_bytes()):  # d1: in the colour of the text
                yield from self._form(glyph, font.get("/Resources", Dictionary()), state, depth)

    def _form(self, form: Any, resources: Any, state: _State, depth: int) -> Iterator[Paint]:
        if depth >= DEPTH or self.forms >= FORMS:
            self.unread.append("forms: there are too many, or too deep in each other")
            return
        self.forms += 1
        matrix = Matrix(*map(float, form.get("/Matrix", [1, 0, 0, 1, 0, 0])))
        inner = replace(state, ctm=matrix @ state.ctm)
        if "/BBox" in form and form.get("/Subtype") == "/Form":
            a, b, c, d = (float(one) for one in form.BBox)
            corners = [inner.ctm.transform(at) for at in ((a, b), (c, b), (a, d), (c, d))]
            inner = replace(inner, clip=_within(_box(corners), inner.clip))
        kept, self.path = self.path, []
        yield from self.read(form, form.get("/Resources", resources), inner, depth + 1)
        self.path = kept

    def _text(self, state: _State, matrix: Matrix) -> Paint:
        whole = matrix @ state.ctm
        scale = (whole.b**2 + whole.d**2) ** 0.5 or (whole.a**2 + whole.c**2) ** 0.5
        size = state.size * scale
        at = whole.transform((0, 0))
        box = (at[0], at[1], at[0] + size, at[1] + size)
        colour = state.stroke if state.mode == 1 else state.fill
        return Paint("text", self.page, colour, box, size, state.overprints(colour, stroke=False))

    def _extend(self, name: str, values: list[float], ctm: Matrix) -> None:
        if name == "re":
            x, y, width, height = values
            corners = [(x, y), (x + width, y), (x + width, y + height), (x, y + height)]
        else:
            corners = list(zip(values[::2], values[1::2], strict=True))
        points = [ctm.transform(corner) for corner in corners]
        if name in ("re", "m") or not self.path:
            self.path.append(points)
        else:
            self.path[-1] += points

    def _painted(self, name: str, state: _State) -> Iterator[Paint]:
        if name == "n" or not self.path:
            return
        ctm = state.ctm
        scale = min((ctm.a**2 + ctm.b**2) ** 0.5, (ctm.c**2 + ctm.d**2) ** 0.5)
        for piece, thin in zip(self.path, _thickness(self.path, "*" in name), strict=True):
            whole = _box(piece)
            box = _within(whole, state.clip)
            if state.clip is not None and _cut_away(whole, state.clip):
                continue
            if name not in ("S", "s") and len(piece) > 1 and thin is not None:
                over = state.overprints(state.fill, stroke=False)
                yield Paint("fill", self.page, state.fill, box, thin, over)
            if name not in ("f", "F", "f*"):
                over = state.overprints(state.stroke, stroke=True)
                yield Paint("stroke", self.page, state.stroke, box, state.width * scale, over)

    def _drawn(
        self, name: str, operands: Any, resources: Any, state: _State, depth: int
    ) -> Iterator[Paint]:
        if name == "INLINE IMAGE":
            yield self._image(operands[0].obj, "inline", state, resources)
            return
        key = str(operands[0])
        thing = resources.get("/XObject", Dictionary()).get(key)
        if thing is None:
            return
        if thing.get("/Subtype") == "/Image":
            yield self._image(thing, key, state, resources)
        elif thing.get("/Subtype") == "/Form":
            yield from self._form(thing, resources, state, depth)

    def _image(self, thing: Any, name: str, state: _State, resources: Any) -> Paint:
        def of(long: str, short: str) -> Any:
            return thing.get(long, thing.get(short))

        ctm = state.ctm
        width = (ctm.a**2 + ctm.b**2) ** 0.5 / 72
        height = (ctm.c**2 + ctm.d**2) ** 0.5 / 72
        pixels = float(of("/Width", "/W")), float(of("/Height", "/H"))
        ppi = min(pixels[0] / width if width else 0, pixels[1] / height if height else 0)
        space = of("/ColorSpace", "/CS")
        mask = bool(of("/ImageMask", "/IM"))
        colour = state.fill if mask else _space(space, resources) if space is not None else Colour()
        box = _within(_box(_corners(ctm)), state.clip)
        return Paint("image", self.page, colour, box, ppi, name=name, thing=thing)


_ODD = (TypeError, ValueError, AttributeError, IndexError, KeyError, OverflowError)
"""What an operator raises that has other operands than it should."""
MANY = 64
"""Pieces of a path: more than that is a drawing, not a frame."""
_NOTHING = 0.01
"""pt: less is nothing."""
_DEVICE = {"g": "DeviceGray", "rg": "DeviceRGB", "k": "DeviceCMYK"}
_SHORT = {"/G": "DeviceGray", "/RGB": "DeviceRGB", "/CMYK": "DeviceCMYK"}
_FIRST = {"DeviceCMYK": (0.0, 0.0, 0.0, 1.0), "DeviceRGB": (0.0, 0.0, 0.0)}
_PAINTING = ("f", "F", "f*", "S", "s", "B", "B*", "b", "b*", "n")


def _space(value: Any, resources: Any) -> Colour:
    """Return a colour space with its first colour."""
    if isinstance(value, Name):
        named = resources.get("/ColorSpace", Dictionary()).get(str(value))
        if named is not None and named != value:
            return _space(named, resources)
        space = _SHORT.get(str(value), str(value)[1:])
        return Colour(space, _FIRST.get(space, (0.0,)))
    if not isinstance(value, Array) or not len(value):
        return Colour("Unknown", ())
    kind = str(value[0])[1:]
    if kind == "ICCBased":
        return Colour(f"ICCBased{int(value[1].get('/N', 0))}", ())
    if kind == "Indexed":
        return _space(value[1], resources)
    if kind == "Separation":
        return Colour(kind, (1.0,), str(value[1])[1:])
    if kind == "DeviceN":
        return Colour(kind, (), ", ".join(str(name)[1:] for name in value[1]))
    return Colour(kind, ())


def _with_state(state: _State, resources: Any, name: Any) -> _State:
    found = resources.get("/ExtGState", Dictionary()).get(str(name))
    if found is None:
        return state
    if "/LW" in found:
        state = replace(state, width=float(found.LW))
    if "/OPM" in found:
        state = replace(state, keeps=int(found.OPM) == 1)
    if "/OP" in found:
        state = replace(state, stroke_over=bool(found.OP), fill_over=bool(found.OP))
    if "/op" in found:
        state = replace(state, fill_over=bool(found.op))
    return state


def _changed(state: _State, name: str, operands: Any, resources: Any) -> _State:
    """Return the graphics state behind an operator that sets it."""
    match name:
        case "cm":
            return replace(state, ctm=Matrix(*map(float, operands)) @ state.ctm)
        case "w":
            return replace(state, width=float(operands[0]))
        case "gs":
            return _with_state(state, resources, operands[0])
        case "g" | "rg" | "k" | "G" | "RG" | "K":
            colour = Colour(_DEVICE[name.lower()], tuple(map(float, operands)))
            return _coloured(state, colour, name.isupper())
        case "cs" | "CS":
            return _coloured(state, _space(operands[0], resources), name.isupper())
        case "sc" | "scn" | "SC" | "SCN":
            return _valued(state, operands, name.isupper())
        case "Tf":
            return replace(state, size=float(operands[1]))
        case "Tr":
            return replace(state, mode=int(operands[0]))
        case "TL":
            return replace(state, leading=float(operands[0]))
    return state


def _moved(
    text: tuple[Matrix, Matrix], name: str, operands: Any, state: _State
) -> tuple[Matrix, Matrix]:
    """Return the text matrix and that of its line behind an operator."""
    match name:
        case "BT":
            at = Matrix()
        case "Tm":
            at = Matrix(*map(float, operands))
        case "Td" | "TD":
            at = Matrix(1, 0, 0, 1, *map(float, operands)) @ text[1]
        case "T*" | "'" | '"':
            at = Matrix(1, 0, 0, 1, 0, -state.leading) @ text[1]
        case _:
            return text
    return at, at


def _coloured(state: _State, colour: Colour, stroke: bool) -> _State:
    return replace(state, stroke=colour) if stroke else replace(state, fill=colour)


def _valued(state: _State, operands: Any, stroke: bool) -> _State:
    before = state.stroke if stroke else state.fill
    values = tuple(float(one) for one in operands if not isinstance(one, Name))
    return _coloured(state, replace(before, values=values), stroke)


def _shows(operands: Any) -> bool:
    """Tell whether an operator of text shows any."""
    last = operands[-1]
    found = list(last) if isinstance(last, Array) else [last]
    return any(len(bytes(one)) for one in found if isinstance(one, pikepdf.String))


def _within(box: Box, clip: Box | None) -> Box:
    """Return what is left of a box."""
    if clip is None:
        return box
    left, bottom = max(box[0], clip[0]), max(box[1], clip[1])
    return left, bottom, max(left, min(box[2], clip[2])), max(bottom, min(box[3], clip[3]))


def _thickness(pieces: list[list[tuple[float, float]]], holed: bool) -> list[float | None]:
    """Return how thin each filled piece is; None for one that lies in a rectangle of the same path.

    By the even-odd rule (``holed``) that is a hole: thin is then what is left at the sides.
    """
    boxes = [_box(piece) for piece in pieces]
    thin: list[float | None] = [min(box[2] - box[0], box[3] - box[1]) for box in boxes]
    if len(pieces) > MANY:
        return thin
    for at, inner in enumerate(boxes):
        for other, outer in enumerate(boxes):
            if at == other or len(pieces[at]) != 4 or len(pieces[other]) != 4:
                continue
            sides = [abs(a - b) for a, b in zip(inner, outer, strict=True)]
            if _within(inner, outer) != inner or max(sides) < _NOTHING or thin[other] is None:
                continue
            thin[at] = None
            if holed:
                thin[other] = min(thin[other] or 0, *(s for s in sides if s > _NOTHING))
    return thin


def _cut_away(box: Box, clip: Box) -> bool:
    """Tell whether a clip leaves nothing of a box, which may be a line: no wider than nothing."""
    for low, high in ((0, 2), (1, 3)):
        left = min(box[high], clip[high]) - max(box[low], clip[low])
        if left < min(_NOTHING, box[high] - box[low]):
            return True
    return False


def _corners(ctm: Matrix) -> list[tuple[float, float]]:
    return [ctm.transform(corner) for corner in ((0, 0), (1, 0), (0, 1), (1, 1))]


def _box(points: list[tuple[float, float]]) -> Box:
    across, up = zip(*points, strict=True)
    return min(across), min(up), max(across), max(up)
