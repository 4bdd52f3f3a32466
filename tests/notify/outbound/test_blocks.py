"""A letter's lines make the same blocks in plain text and in HTML."""

import pytest

from ieum_notify.outbound.blocks import as_html, as_text

LETTER = """
> 예시 자료입니다.

홍예시 님께

# 기한이 5일 남았습니다

| 기한 | 11. 28.(토) · **D-5**
| 시작 | 현지 09:00
| | 한국 02:00
| 협약 |
## 하실 일
1. 첫째
1. 둘째

[이음에서 보기](https://x.example/a)
문의: 총괄과
([누리집](https://x.example/b))
"""


def test_the_text_reads_as_written_by_hand() -> None:
    assert (
        as_text(LETTER)
        == """※ 예시 자료입니다.

홍예시 님께

기한이 5일 남았습니다

  기한: 11. 28.(토) · D-5
  시작: 현지 09:00
        한국 02:00

하실 일
  1. 첫째
  2. 둘째

이음에서 보기: https://x.example/a

문의: 총괄과
(누리집 (https://x.example/b))"""
    )


def test_the_page_has_the_same_blocks() -> None:
    assert (
        as_html(LETTER)
        == """<p class="note">예시 자료입니다.</p>
<p>홍예시 님께</p>
<h1>기한이 5일 남았습니다</h1>
<table class="facts">
<tr><th scope="row">기한</th><td>11. 28.(토) · <strong>D-5</strong></td></tr>
<tr><th scope="row">시작</th><td>현지 09:00<br>한국 02:00</td></tr>
</table>
<h2>하실 일</h2>
<ol>
<li>첫째</li>
<li>둘째</li>
</ol>
<p class="button"><a href="https://x.example/a">이음에서 보기</a></p>
<p>문의: 총괄과 (<a href="https://x.example/b">누리집</a>)</p>"""
    )


@pytest.mark.parametrize(
    ("text", "plain", "html"),
    [
        ("a\nb\n\nc", "a\nb\n\nc", "<p>a b</p>\n<p>c</p>"),
        ("- a\n\n- b", "  - a\n  - b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("## a\n## b\nc", "a\n\nb\nc", "<h2>a</h2>\n<h2>b</h2>\n<p>c</p>"),
        ("c\n\n## a", "c\n\na", "<p>c</p>\n<h2>a</h2>"),
        ("a & b < c", "a & b < c", "<p>a &amp; b &lt; c</p>"),
        ("#a -b 2027.", "#a -b 2027.", "<p>#a -b 2027.</p>"),
        ("| a |", "", ""),
    ],
)
def test_each_kind_of_line_stands_by_itself(text: str, plain: str, html: str) -> None:
    assert as_text(text) == plain
    assert as_html(text) == html
