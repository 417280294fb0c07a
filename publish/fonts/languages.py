"""Which of a family's variants a language asks for."""

from __future__ import annotations

from collections.abc import Iterator

# What a tag without a script means: the script its region writes (CLDR, likely subtags), and
# Macao's glyphs are Hong Kong's.
MEANINGS = {
    "zh": "zh-hans",
    "zh-cn": "zh-hans",
    "zh-sg": "zh-hans",
    "zh-my": "zh-hans",
    "zh-tw": "zh-hant",
    "zh-hk": "zh-hant-hk",
    "zh-mo": "zh-hant-hk",
    "zh-hant-mo": "zh-hant-hk",
    "yue": "zh-hant-hk",
    "yue-hk": "zh-hant-hk",
}
EAST_ASIAN = ("zh", "yue", "ja", "ko")


def is_east_asian(language: str) -> bool:
    """Tell whether text in this language is set in Han characters, kana or hangul."""
    return language.lower().partition("-")[0] in EAST_ASIAN


def tags(language: str) -> Iterator[str]:
    """Yield the tags under which a language is looked up, the nearest first (RFC 4647 § 3.4)."""
    tag = language.lower()
    tag = MEANINGS.get(tag, tag)
    while tag:
        yield tag
        tag = tag.rpartition("-")[0]
