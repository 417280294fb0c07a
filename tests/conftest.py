"""What every room's tests share: a tiny project, and the sample issue built once."""

from __future__ import annotations

import signal
from collections.abc import Callable
from pathlib import Path

import node_programs
import pytest
from PIL import Image

from publish.build import Outcome, build

ROOT = Path(__file__).parents[1]
node_programs.put_on_path()

# Whoever runs the tests in the background ignores these, and every program begun by them would.
for number in (signal.SIGINT, signal.SIGHUP):
    if signal.getsignal(number) == signal.SIG_IGN:
        signal.signal(number, signal.default_int_handler if number == 2 else signal.SIG_DFL)

MANIFEST = """\
publication:
  title: 小报
  slug: tiny
issue:
  date: 2026-01-20
  number: 7
sections:
  - title: 要闻
    page: 1
    articles: [one.md]
  - title: 图片
    page: 1
    layout: photo-story
    articles: [two.md]
"""

ONE = """\
---
kicker: 某某委员建议：
headline: 把路修到家门口
deck: 三年修了一百二十里
byline: [{role: 本报记者, names: [甲乙]}, {role: 通讯员, names: [丙丁, 戊己]}]
source: 摘自发言
contributor: 某某供稿
---
第一段有脚注[^1]，也有**重点**。

## 小标题

第二段。

[^1]: 这是注。
"""

TWO = """\
---
summary: 一幅画
---
![一块红](images/red.jpg)
一块红，四四方方。
某某 绘
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of two articles and one picture; its manifest is manuscript/manifest.yaml."""
    folder = tmp_path / "project" / "manuscript"
    (folder / "images").mkdir(parents=True)
    (folder / "manifest.yaml").write_text(MANIFEST, encoding="utf-8")
    (folder / "one.md").write_text(ONE, encoding="utf-8")
    (folder / "two.md").write_text(TWO, encoding="utf-8")
    Image.new("RGB", (60, 40), "red").save(folder / "images" / "red.jpg")
    return folder.parent


@pytest.fixture
def edit(project: Path) -> Callable[[str, str, str], None]:
    """Replace a text in one of the project's manuscript files."""

    def replace(name: str, old: str, new: str) -> None:
        path = project / "manuscript" / name
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")

    return replace


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    """The sample issue, both targets."""
    return build(ROOT, tmp_path_factory.mktemp("sample"))
