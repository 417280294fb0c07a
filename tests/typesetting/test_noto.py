"""The real face: how Noto Serif CJK draws what the composer relies on."""

import random
import re

import pytest
from faces import NOTO_SERIF, NOTO_SIMPLIFIED, NOTO_TRADITIONAL

from publish.fonts.face import HarfBuzzFace
from publish.typesetting import TextRun, TextStyle, compose

pytestmark = pytest.mark.skipif(not NOTO_SERIF.exists(), reason="fonts-noto-cjk is not installed")
SIZE = 9.0


@pytest.fixture(scope="module")
def face() -> HarfBuzzFace:
    return HarfBuzzFace(NOTO_SERIF, NOTO_SIMPLIFIED)


def test_the_face_tells_its_measures(face: HarfBuzzFace) -> None:
    assert face.upem == 1000
    assert (face.ascent, face.descent) == (1.151, 0.286)
    assert face.has("𬱖") and not face.has("\ue000")
    assert face.advance(face.glyph_id("国")) == 1.0


def test_two_dashes_are_one_bar_of_two_ems(face: HarfBuzzFace) -> None:
    (bar,) = face.shape("——")
    assert bar.advance == 2.0
    assert bar.glyph == face.shape("⸺")[0].glyph


def test_an_ellipsis_is_two_glyphs_of_one_em(face: HarfBuzzFace) -> None:
    assert [glyph.advance for glyph in face.shape("……")] == [1.0, 1.0]


def test_quotation_marks_are_full_width_unless_proportional_ones_are_asked_for(
    face: HarfBuzzFace,
) -> None:
    assert [glyph.advance for glyph in face.shape("“”‘’")] == [1.0] * 4
    narrow = face.shape("“”‘’", features=("pwid",))
    assert all(glyph.advance < 0.5 for glyph in narrow)


def test_an_apostrophe_is_narrow_and_a_chinese_quotation_mark_is_not(face: HarfBuzzFace) -> None:
    style = TextStyle(face, SIZE)
    (line,) = compose([TextRun("他don’t说“好”", style)], 200.0).lines
    piece = line.pieces[0]
    apostrophe, t = (piece.x[piece.clusters.index(at)] for at in (4, 5))
    assert t - apostrophe < 0.4 * SIZE
    opening, good = (piece.x[piece.clusters.index(at)] for at in (7, 8))
    assert good - opening == pytest.approx(SIZE)


def test_a_middle_dot_is_centred_in_half_an_em(face: HarfBuzzFace) -> None:
    (line,) = compose([TextRun("甲·乙", TextStyle(face, SIZE))], 200.0).lines
    dot, after = line.pieces[0].x[1:]
    assert after == pytest.approx(1.5 * SIZE)
    assert dot == pytest.approx(SIZE + (0.5 - 0.327) / 2 * SIZE)


def test_traditional_marks_are_centred() -> None:
    face = HarfBuzzFace(NOTO_SERIF, NOTO_TRADITIONAL)
    (line,) = compose([TextRun("甲，乙", TextStyle(face, SIZE, "zh-Hant"))], 200.0).lines
    assert line.pieces[0].x == pytest.approx((0, SIZE, 2 * SIZE))


WORDS = "发展 建设 经济 社会 产业 的 和 在 委员 建议 GDP 3.5% 5G 进一步 “促进” 《规划》"


def newspaper(seed: int) -> str:
    choose = random.Random(seed)
    words = re.findall(r"\S+", WORDS)
    text = "".join(
        choose.choice(words) + ("，。、；："[choose.randrange(5)] if choose.random() < 0.2 else "")
        for _ in range(60)
    )
    return text.rstrip("，。、；：") + "。"


@pytest.mark.parametrize("characters", [11, 14, 18, 24])
def test_newspaper_text_is_set_without_a_fault(face: HarfBuzzFace, characters: int) -> None:
    style = TextStyle(face, SIZE)
    measure = characters * SIZE
    for seed in range(20):
        text = newspaper(seed)
        lines = compose([TextRun(text, style)], measure, indent=2 * SIZE).lines
        for line in lines[:-1]:
            piece = line.pieces[0]
            last = text[line.end - 1]
            ink = 0.5 if last in "，。、；：”》" else face.shape(last)[0].advance
            assert piece.x[-1] + ink * SIZE == pytest.approx(measure, abs=1e-6)
            assert text[line.end] not in "，。、；：”》%" and last not in "“《"
        assert len(re.findall("[\u4e00-\u9fff]|[A-Z0-9]", text[lines[-1].start :])) > 1
