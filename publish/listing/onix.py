"""An issue as an ONIX 3.0 message, in reference names (EDItEUR, ONIX for Books 3.0)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from lxml import etree
from lxml.builder import ElementMaker

from publish.description import Contributor, Description
from publish.model import Evaluation, Issue

NAMESPACE = "http://ns.editeur.org/onix/3.0/reference"
ROLES = {
    "aut": "A01",
    "rpt": "A01",
    "ivr": "A43",
    "ill": "A12",
    "pht": "A13",
    "edt": "B01",
    "trl": "B06",
    "com": "C01",
}
"""ONIX list 17 by MARC relator; any other is A99, other primary creator."""
OTHER_ROLE = "A99"
FEATURES = {
    ("accessibilityFeature", "tableOfContents"): "11",
    ("accessibilityFeature", "readingOrder"): "13",
    ("accessibilityFeature", "alternativeText"): "14",
    ("accessibilityFeature", "pageNavigation"): "19",
    ("accessibilityFeature", "structuralNavigation"): "29",
    ("accessibilityFeature", "displayTransformability"): "36",
    ("accessModeSufficient", "textual"): "52",
}
"""ONIX list 196 by what the EPUB itself claims."""
SUMMARY = "00"
VOUCHED = {"2.0": "80", "2.1": "81", "2.2": "82", "A": "84", "AA": "85", "AAA": "86"}
"""ONIX list 196: WCAG's versions and levels."""
EPUB_ACCESSIBILITY = "04"
CERTIFIED_BY, ASSESSED_ON, REPORT = "90", "91", "94"
LANGUAGES = {"zh": "chi", "en": "eng", "ja": "jpn", "ko": "kor", "fr": "fre", "de": "ger"}
"""ISO 639-2/B, as ONIX list 74 has it, by the beginning of a BCP 47 tag."""
PRICE = re.compile(r"(\d+(?:\.\d{1,2})?)\s*元")

E: Any = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})


def onix(issue: Issue, said: Description, claims: Sequence[tuple[str, str]], cover: str) -> bytes:
    """Return the message. ``claims`` are the EPUB's of accessibility, ``cover`` a file's name."""
    day = said.date.strftime("%Y%m%d")
    message = E.ONIXMessage(
        E.Header(E.Sender(E.SenderName(said.publisher)), E.SentDateTime(day)),
        E.Product(
            E.RecordReference(said.identifier),
            E.NotificationType("03"),
            E.ProductIdentifier(
                E.ProductIDType("01"), E.IDTypeName("URI"), E.IDValue(said.identifier)
            ),
            _details(issue, said, claims),
            _collateral(issue, said, cover),
            E.PublishingDetail(
                E.Publisher(E.PublishingRole("01"), E.PublisherName(said.publisher)),
                E.PublishingStatus("04"),
                E.PublishingDate(E.PublishingDateRole("01"), E.Date(day, dateformat="00")),
            ),
            _supply(issue, said),
        ),
        release="3.0",
    )
    return etree.tostring(message, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _details(issue: Issue, said: Description, claims: Sequence[tuple[str, str]]) -> Any:
    pictured = any(article.figures for article in issue.articles)
    return E.DescriptiveDetail(
        E.ProductComposition("00"),
        E.ProductForm("ED"),
        E.ProductFormDetail("E101"),
        *(_feature("09", code, text) for code, text in _accessible(issue, claims)),
        E.PrimaryContentType("10"),
        *([E.ProductContentType("07")] if pictured else []),
        E.EpubTechnicalProtection("00"),
        _collection(said),
        E.TitleDetail(
            E.TitleType("01"),
            E.TitleElement(E.TitleElementLevel("01"), E.TitleText(said.title)),
        ),
        *_contributors(said),
        _language(said.language),
        *_subjects(said),
        E.AudienceCode("01"),
    )


def _feature(kind: str, value: str, text: str) -> Any:
    described = [E.ProductFormFeatureDescription(text)] if text else []
    return E.ProductFormFeature(
        E.ProductFormFeatureType(kind), E.ProductFormFeatureValue(value), *described
    )


def _accessible(issue: Issue, claims: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield codes of list 196, each with a text or none: what the EPUB itself says."""
    yield from ((FEATURES[claim], "") for claim in claims if claim in FEATURES)
    yield from ((SUMMARY, value) for name, value in claims if name == "accessibilitySummary")
    if issue.accessibility is not None:
        yield from _vouched(issue.accessibility)


def _vouched(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    yield EPUB_ACCESSIBILITY, ""
    yield VOUCHED[evaluation.wcag], ""
    yield VOUCHED[evaluation.level], ""
    yield CERTIFIED_BY, evaluation.certifier
    yield ASSESSED_ON, evaluation.date.strftime("%Y%m%d")
    yield REPORT, evaluation.report


def _collection(said: Description) -> Any:
    """Name the newspaper, and the issue's number in it."""
    digits = said.issn.replace("-", "")
    number = E.CollectionIdentifier(E.CollectionIDType("02"), E.IDValue(digits))
    return E.Collection(
        E.CollectionType("10"),
        *([number] if digits else []),
        E.TitleDetail(
            E.TitleType("01"),
            E.TitleElement(
                E.TitleElementLevel("02"),
                E.PartNumber(str(said.number)),
                E.TitleText(said.publication),
            ),
        ),
    )


def _contributors(said: Description) -> Iterator[Any]:
    body = Contributor(said.publisher, ())
    for number, one in enumerate((body, *said.contributors), 1):
        roles = dict.fromkeys(ROLES.get(relator, OTHER_ROLE) for relator in one.relators)
        name = E.CorporateName(one.name) if one is body else E.PersonName(one.name)
        yield E.Contributor(
            E.SequenceNumber(str(number)),
            *(E.ContributorRole(role) for role in roles or ("B01" if one is body else OTHER_ROLE,)),
            name,
        )


def _subjects(said: Description) -> Iterator[Any]:
    if said.subjects:
        words = "; ".join(said.subjects)
        yield E.Subject(E.SubjectSchemeIdentifier("20"), E.SubjectHeadingText(words))


def _language(tag: str) -> Any:
    """Return the language of the text, with its script where the tag names one."""
    first, *rest = tag.split("-")
    script = next((part for part in rest if len(part) == 4), "")
    return E.Language(
        E.LanguageRole("01"),
        E.LanguageCode(LANGUAGES.get(first, "und")),
        *([E.ScriptCode(script)] if script else []),
    )


def _collateral(issue: Issue, said: Description, cover: str) -> Any:
    return E.CollateralDetail(
        _text("03", [said.text]),
        _text("04", _contents(issue)),
        E.SupportingResource(
            E.ResourceContentType("01"),
            E.ContentAudience("00"),
            E.ResourceMode("03"),
            E.ResourceVersion(E.ResourceForm("02"), E.ResourceLink(cover)),
        ),
    )


def _contents(issue: Issue) -> Iterator[str]:
    for section in issue.sections:
        yield f"{section.title}：" + "；".join(article.label for article in section.articles)


def _text(kind: str, lines: Iterable[str]) -> Any:
    return E.TextContent(E.TextType(kind), E.ContentAudience("00"), E.Text("\n".join(lines)))


def _supply(issue: Issue, said: Description) -> Any:
    found = PRICE.search(issue.price)
    price = (
        E.Price(E.PriceType("02"), E.PriceAmount(found[1]), E.CurrencyCode("CNY"))
        if found
        else E.UnpricedItemType("02")
    )
    return E.ProductSupply(
        E.SupplyDetail(
            E.Supplier(E.SupplierRole("01"), E.SupplierName(said.publisher)),
            E.ProductAvailability("20"),
            price,
        )
    )
