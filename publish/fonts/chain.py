"""Which family of a chain sets which character."""

from __future__ import annotations

from collections.abc import Iterable

from publish.fonts.family import Face, Family

Chain = tuple[Family, ...]
"""The families of a role: the first that has a character sets it."""

MARKS = frozenset("“”‘’—…·")
"""Marks that Chinese and Western text share, one code point for two shapes (CLREQ § 3.1.1.2)."""


def face_for(chain: Chain, character: str, weight: int, *, western: bool = False) -> Face | None:
    """Return the face of the chain that sets a character, or None if none has it.

    It is the first that has the character. Marks that Chinese and Western text share come from
    the first face that draws them for Chinese text, or, with ``western``, in their Western
    shape; where no face of the chain draws them so, from the first that has them.
    """
    faces = (family.face(weight) for family in chain)
    having = (face for face in faces if ord(character) in face.characters)
    if character not in MARKS:
        return next(having, None)
    found = tuple(having)
    fitting = (
        f for f in found if (character in f.western_marks if western else f.has_chinese_marks)
    )
    return next(fitting, found[0] if found else None)


def share_out(
    chain: Chain, characters: Iterable[str], weight: int
) -> tuple[dict[Face, set[str]], set[str]]:
    """Return the characters of Chinese text that each face of the chain sets, and the rest.

    A face is opened only for what those before it lack.
    """
    wanted = set(characters)
    shares: dict[Face, set[str]] = {}
    for mark in wanted & MARKS:
        face = face_for(chain, mark, weight)
        if face:
            shares.setdefault(face, set()).add(mark)
    left = wanted - set().union(*shares.values())
    for family in chain:
        if not left:
            break
        face = family.face(weight)
        share = {character for character in left if ord(character) in face.characters}
        if share:
            shares.setdefault(face, set()).update(share)
            left -= share
    return shares, left
