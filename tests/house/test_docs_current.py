"""The generated pages are those that the code gives now; `make docs` writes them."""

from docs.generate import pages


def test_no_generated_page_is_stale() -> None:
    stale = [
        path.name
        for path, text in pages().items()
        if not path.exists() or path.read_text(encoding="utf-8") != text
    ]

    assert stale == []
