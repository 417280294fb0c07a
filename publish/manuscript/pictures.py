"""Pictures that manuscripts name: found inside the project, opened, and whole."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass, field
from pathlib import Path

from publish.diagnostics import Finding, Severity
from publish.files import is_inside, nearest, shown
from publish.model import Picture

MEDIA_TYPES = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "AVIF": "image/avif",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "TIFF": "image/tiff",
    "MPO": "image/jpeg",
}
PICTURE_SUFFIXES = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif", ".tif", ".tiff")
LARGEST_SIDE = 20_000
"""Pixels: at 300 dpi 1.7 m, more than any newspaper's spread."""
LARGEST_AREA = 150_000_000
"""Pixels: what two cores still open within seconds and half a gigabyte."""


@dataclass(slots=True)
class PictureShelf:
    """The project's pictures, each opened once. ``taken`` holds the files in use."""

    root: Path
    folder: Path
    taken: dict[Path, Picture | Finding] = field(default_factory=dict)

    def take(self, name: str, file: str, line: int) -> tuple[Picture | None, list[Finding]]:
        """Return the picture of this name, or what is wrong with it at ``file:line``."""
        if "://" in name or name.startswith(("//", "data:")):
            return None, [
                Finding(
                    "picture-remote",
                    f"the picture “{name}” is not a file of the project",
                    file=file,
                    line=line,
                    hint="download it into the project's images folder and name that file",
                )
            ]
        path = self.folder / name
        try:
            inside, there = is_inside(path, self.root), path.is_file()
        except (OSError, RuntimeError, ValueError):  # no file can have this name; a loop of links
            inside, there = True, False
        if not inside:
            return None, [
                Finding(
                    "path-outside",
                    f"the picture “{name}” lies outside the project",
                    file=file,
                    line=line,
                    hint="copy it into the project",
                )
            ]
        if not there:
            return None, [self._missing(name, file, line)]
        found = self.taken.get(path.resolve())
        if found is None:
            found = self.taken[path.resolve()] = open_picture(path, name)
        if isinstance(found, Finding):
            return None, [Finding(found.code, found.message, file=file, line=line, hint=found.hint)]
        return found, [_still(found, file, line)] if found.moves else []

    def keep(self, picture: Picture) -> None:
        """Take a picture that was opened before and is known to be the same."""
        self.taken.setdefault(picture.path.resolve(), picture)

    def _missing(self, name: str, file: str, line: int) -> Finding:
        there = [
            shown(path, self.folder)
            for path in self.folder.rglob("*")
            if path.suffix.lower() in PICTURE_SUFFIXES
        ]
        meant = nearest(name, there)
        hint = f"did you mean “{meant}”?" if meant else "paths start from the manifest's folder"
        return Finding(
            "picture-missing", f"there is no picture “{name}”", file=file, line=line, hint=hint
        )


def _still(picture: Picture, file: str, line: int) -> Finding:
    return Finding(
        "picture-animated",
        f"the picture “{picture.name}” moves; its first image is shown, on paper and on screens",
        Severity.WARNING,
        file=file,
        line=line,
        hint="save the image that is meant as JPEG or PNG",
    )


def _has_sound_profile(profile: bytes | None) -> bool:
    """Tell whether a picture's own profile can be read; it may have none."""
    if not profile:
        return True
    from PIL import ImageCms

    try:
        ImageCms.ImageCmsProfile(io.BytesIO(profile))
    except OSError:
        return False
    return True


def open_picture(path: Path, name: str) -> Picture | Finding:
    """Open and decode a picture; return it, or what is wrong with it."""
    from PIL import Image, ImageFile, UnidentifiedImageError

    lenient, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(path) as image:
                width, height = image.size
                if max(width, height) > LARGEST_SIDE or width * height > LARGEST_AREA:
                    return Finding(
                        "picture-enormous",
                        f"the picture “{name}” is {width} × {height} pixels",
                        hint=f"scale it to less than {LARGEST_SIDE:,} pixels a side and "
                        f"{LARGEST_AREA // 1_000_000} million in all",
                    )
                media_type = MEDIA_TYPES.get(image.format or "")
                if media_type is None:
                    return _unknown(name, image.format or "unknown")
                moves = getattr(image, "is_animated", False)
                image.load()
                if not _has_sound_profile(image.info.get("icc_profile")):
                    return Finding(
                        "picture-profile",
                        f"the colour profile in the picture “{name}” is damaged",
                        hint="export the picture again, or without a profile",
                    )
    except Image.DecompressionBombError:
        return Finding(
            "picture-enormous",
            f"the picture “{name}” is larger than any page",
            hint=f"scale it to less than {LARGEST_SIDE:,} pixels a side",
        )
    except UnidentifiedImageError:
        return _unknown(name, path.suffix or "unknown")
    except (OSError, SyntaxError, ValueError) as error:
        return Finding(
            "picture-corrupt",
            f"the picture “{name}” is damaged: {error}",
            hint="fetch or export it again",
        )
    finally:  # WeasyPrint asks Pillow for leniency, for the whole process
        ImageFile.LOAD_TRUNCATED_IMAGES = lenient
    return Picture(path, Path(name).as_posix(), media_type, width, height, moves)


def _unknown(name: str, kind: str) -> Finding:
    return Finding(
        "picture-kind",
        f"“{name}” is no picture that can be opened ({kind})",
        hint="save it as JPEG or PNG",
    )
