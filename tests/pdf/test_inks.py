"""Pictures and colours as the press, the screen and the EPUB show them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image, ImageCms

from publish.build import Outcome, build
from publish.check.preflight import preflight
from publish.colour import PRESETS
from publish.colour.convert import press_colour, press_picture, screen_colour
from publish.errors import InputError
from publish.resources import resource

Edit = Callable[[str, str, str], None]
COATED = resource("profiles", "coated.icc")


def put(project: Path, image: Image.Image, **options: object) -> None:
    image.save(project / "manuscript" / "images" / "red.jpg", "JPEG", **options)


def pictures(file: Path) -> list[pikepdf.Stream]:
    with pikepdf.open(file) as pdf:
        found = [o for o in pdf.objects if isinstance(o, pikepdf.Stream)]
        return [
            (str(o.ColorSpace), int(o.Width), int(o.Height))
            for o in found
            if o.get("/Subtype") == "/Image"
        ]


def test_greys_are_black_alone() -> None:
    assert press_colour(COATED, (0.0, 0.0, 0.0)) == (0, 0, 0, 1)
    assert press_colour(COATED, (0.6, 0.6, 0.6)) == (0, 0, 0, 0.4)
    assert press_colour(COATED, (1.0, 1.0, 1.0)) == (0, 0, 0, 0)


def test_a_colour_keeps_to_the_ink_limit() -> None:
    for preset in PRESETS.values():
        profile = resource("profiles", preset.profile)
        for colour in ((0.05, 0.0, 0.0), (0.0, 0.05, 0.1), (0.1, 0.1, 0.0), (0.2, 0.0, 0.3)):
            assert 100 * sum(press_colour(profile, colour)) <= preset.ink + 2


def test_black_looks_black_on_a_screen() -> None:
    assert screen_colour((0, 0, 0, 0)) == "#ffffff"
    assert all(int(screen_colour((0, 0, 0, 1))[at : at + 2], 16) < 50 for at in (1, 3, 5))


def test_what_is_transparent_is_paper() -> None:
    clear = Image.new("RGBA", (4, 4), (200, 0, 0, 0))
    assert press_picture(clear, COATED).convert("L").getextrema() == (255, 255)


def test_a_picture_is_turned_and_converted_once(project: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    put(project, Image.new("RGB", (1200, 900), (180, 40, 30)), exif=exif, quality=90)
    outcome = build(project, targets=["print", "screen", "epub"])
    (shown,) = pictures(outcome.files["print"])
    space, width, height = shown
    assert space == "/DeviceCMYK"
    assert width < height  # it was held upright


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_pictures_in_other_colours(mode: str, project: Path) -> None:
    value = (30, 200, 190, 10) if mode == "CMYK" else 120
    put(project, Image.new(mode, (900, 600), value), quality=90)
    outcome = build(project, targets=["print", "screen", "epub"])
    wanted = {"CMYK": "/DeviceCMYK", "L": "/DeviceGray"}[mode]
    assert [space for space, _, _ in pictures(outcome.files["print"])] == [wanted]
    on_screen = {"CMYK": "/DeviceRGB", "L": "/DeviceGray"}[mode]
    assert [space for space, _, _ in pictures(outcome.files["screen"])] == [on_screen]
    with zipfile.ZipFile(outcome.files["epub"]) as archive:
        name = next(n for n in archive.namelist() if "images/" in n and "cover" not in n)
        with Image.open(io.BytesIO(archive.read(name))) as image:
            assert image.mode == "RGB"
            if mode == "CMYK":
                red, green, _ = image.getpixel((5, 5))  # type: ignore[misc]
                assert red > 150 > green


def test_a_wide_profile_is_honoured(project: Path) -> None:
    """The same numbers in another space are another colour."""
    made = []
    for profile in ("sRGB", "XYZ"):
        source = Image.new("RGB", (8, 8), (40, 180, 60))
        if profile == "XYZ":
            lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
            source.info["icc_profile"] = lab
        made.append(press_picture(source, COATED).getpixel((2, 2)))
    assert made[0] == made[1]  # an embedded sRGB says what is taken for granted


def test_a_broken_profile(project: Path) -> None:
    put(project, Image.new("RGB", (900, 600), "red"), icc_profile=b"no profile" * 30)
    with pytest.raises(InputError) as raised:
        build(project)
    (finding,) = raised.value.findings
    assert finding.code == "picture-profile"
    assert finding.file == "manuscript/two.md"


def test_a_picture_of_one_pixel_is_named_with_its_line(project: Path) -> None:
    put(project, Image.new("RGB", (1, 1), (200, 30, 30)))
    outcome = build(project, targets=["print"])
    found = preflight(outcome.files["print"], PRESETS["coated"], project=outcome.project)
    coarse = [one.message for one in found if one.code == "preflight-picture-coarse"]
    assert coarse
    assert all("images/red.jpg (manuscript/two.md:4)" in message for message in coarse)


def test_a_picture_with_too_much_ink_is_named(project: Path) -> None:
    put(project, Image.new("CMYK", (1200, 800), (250, 240, 240, 230)), quality=95)
    outcome = build(project, targets=["print"])
    found = preflight(outcome.files["print"], PRESETS["newsprint"], project=outcome.project)
    over = [one.message for one in found if one.code == "preflight-ink"]
    assert over
    assert all("images/red.jpg (manuscript/two.md:4)" in message for message in over)


def test_every_box_is_exact(sample: Outcome) -> None:
    mm = 72 / 25.4
    with pikepdf.open(sample.files["print"]) as pdf:
        for page in pdf.pages:
            trim, bleed = list(map(float, page.trimbox)), list(map(float, page.bleedbox))
            media = list(map(float, page.mediabox))
            assert trim[2] - trim[0] == pytest.approx(210 * mm, abs=0.01)
            assert trim[3] - trim[1] == pytest.approx(285 * mm, abs=0.01)
            for inner, outer, room in ((trim, bleed, 3 * mm), (trim, media, 10 * mm)):
                apart = [abs(a - b) for a, b in zip(inner, outer, strict=True)]
                assert apart == pytest.approx([room] * 4, abs=0.01)
