"""The shape of a manifest and of a manuscript's front matter, as JSON Schema.

One source for three readers: the validation of every build, ``publish schema`` (so that
editors complete keys), and the user's guide. Descriptions are in Chinese, for the people who
will read them in their editor.
"""

from __future__ import annotations

from typing import Any

from publish.colour.presets import PRESETS

Schema = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _text(description: str, **more: Any) -> Schema:
    return {"type": "string", "minLength": 1, "description": description, **more}


def _count(description: str) -> Schema:
    return {"type": "integer", "minimum": 1, "description": description}


def _mapping(properties: Schema, required: tuple[str, ...], description: str) -> Schema:
    return {
        "type": "object",
        "description": description,
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


PUBLICATION = _mapping(
    {
        "title": _text("报纸名称"),
        "slug": _text(
            "输出文件名的前半，小写字母、数字和连字符", pattern="^[a-z0-9]+(-[a-z0-9]+)*$"
        ),
        "publisher": _text("出版者"),
        "language": _text(
            "语言标记（BCP 47），默认 zh-Hans", pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"
        ),
        "tagline": _text("报头下的一句话"),
        "cn": _text("国内统一连续出版物号"),
        "issn": _text("国际标准连续出版物号", pattern="^[0-9]{4}-[0-9]{3}[0-9X]$"),
        "postal_code": _text("邮发代号"),
        "logo": _text("报头图片，路径相对于清单"),
    },
    ("title", "slug"),
    "报纸",
)

ISSUE = _mapping(
    {
        "date": _text("出版日期，如 2026-01-20", format="date"),
        "number": _count("期号"),
        "total": _count("总第几期"),
        "pages": _count("今日版数"),
        "lunar": _text("农历日期"),
        "price": _text("零售价"),
        "series": _text("系列题（专版名）"),
        "banner": _text("通栏标语"),
        "description": _text("这一期的介绍，给书店和图书馆看；不写则由系列题、标语和各篇标题组成"),
        "identifier": _text("标识符（URN、ISBN 等）；不写则由报纸和日期得出"),
    },
    ("date", "number"),
    "这一期",
)

ARTICLE_ENTRY: Schema = {
    "description": "稿件：一个 Markdown 文件，路径相对于清单",
    "anyOf": [
        _text("稿件文件"),
        _mapping({"file": _text("稿件文件")}, ("file",), "稿件"),
    ],
}

SECTION = _mapping(
    {
        "title": _text("栏目名"),
        "page": _count("所在的版"),
        "layout": _text(
            "版式：feature 长篇、voice 发言摘登、briefs 短稿、comment 言论、photo-story 图片故事",
            examples=["feature", "voice", "briefs", "comment", "photo-story"],
        ),
        "intro": _text("栏目前言"),
        "articles": {
            "type": "array",
            "minItems": 1,
            "items": ARTICLE_ENTRY,
            "description": "稿件，顺序即出版顺序",
        },
    },
    ("title", "articles"),
    "栏目",
)

PRESS = {
    **_mapping(
        {
            "preset": {
                "enum": list(PRESETS),
                "description": "承印条件：newsprint 新闻纸轮转、coated 铜版纸胶印（默认）",
            },
            "profile": _text("承印厂给的 ICC 文件，路径相对于项目文件夹，如 profiles/press.icc"),
            "condition": _text("印刷条件的登记名，如 FOGRA51"),
            "registry": _text("登记处的网址，如 http://www.color.org"),
            "description": _text("印刷条件的说明"),
        },
        (),
        "承印厂",
    ),
    "dependentRequired": {"profile": ["condition", "registry"], "condition": ["profile"]},
}

ACCESSIBILITY = _mapping(
    {
        "certifier": _text("评估人或评估机构"),
        "date": _text("评估日期，如 2026-01-19", format="date"),
        "report": _text("评估报告的网址", pattern="^https?://"),
        "credential": _text("评估人的资质"),
        "wcag": {"enum": ["2.0", "2.1", "2.2"], "description": "符合的 WCAG 版本，默认 2.2"},
        "level": {"enum": ["A", "AA", "AAA"], "description": "符合的级别，默认 AA"},
    },
    ("certifier", "date", "report"),
    "人工无障碍评估；写了这一项，电子书才声明符合标准",
)

CHECKS = _mapping(
    {
        "accept": {
            "type": "array",
            "items": _mapping(
                {
                    "rule": _text("检查项的代号，如 ace-link-name、epubcheck-RSC-005"),
                    "reason": _text("为什么可以接受", pattern="\\S.{3,}"),
                    "file": _text("只对这一篇稿件，路径相对于项目文件夹"),
                },
                ("rule", "reason"),
                "接受的一项",
            ),
            "description": "检查时可以接受的问题，每项都要写明理由",
        }
    },
    (),
    "检查",
)

MANIFEST: Schema = {
    "$schema": DIALECT,
    "title": "publish manifest",
    **_mapping(
        {
            "publication": PUBLICATION,
            "issue": ISSUE,
            "sections": {
                "type": "array",
                "minItems": 1,
                "items": SECTION,
                "description": "栏目，顺序即出版顺序",
            },
            "press": PRESS,
            "accessibility": ACCESSIBILITY,
            "checks": CHECKS,
            "theme": _text("主题：styles/ 下的文件夹名", pattern="^[A-Za-z0-9_-]+$"),
        },
        ("publication", "issue", "sections"),
        "一期报纸的清单",
    ),
}

BYLINE_ENTRY = _mapping(
    {
        "role": _text("身份，如 本报记者、通讯员"),
        "names": {
            "type": "array",
            "minItems": 1,
            "items": _text("姓名"),
            "description": "姓名，可以多个",
        },
    },
    ("names",),
    "一种身份的署名",
)

FRONT_MATTER: Schema = {
    "$schema": DIALECT,
    "title": "publish front matter",
    **_mapping(
        {
            "kicker": _text("肩题（引题）"),
            "headline": _text("主题"),
            "deck": _text("副题，不写 ——"),
            "byline": {
                "type": "array",
                "minItems": 1,
                "items": BYLINE_ENTRY,
                "description": "署名：[{role: 本报记者, names: [张三, 李四]}]",
            },
            "dateline": _text("电头，如 本报某地1月19日讯"),
            "source": _text("出处，不写括号"),
            "contributor": _text("供稿，不写括号"),
            "keywords": {
                "type": "array",
                "items": _text("关键词"),
                "description": "关键词",
            },
            "summary": _text("内容提要"),
        },
        (),
        "稿件的题目、署名等",
    ),
}
