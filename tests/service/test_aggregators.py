"""What aggregators bring: read as what they are, and told once beside the sources that they gather from."""

from __future__ import annotations

from .installation import RULE, Installation, wait_until
from .newsstand import Newsstand

GOOGLE = """<rss version="2.0"><channel><title>search</title>{}</channel></rss>"""
ITEM = """<item><guid isPermaLink="false">CBMi{n}</guid><link>https://news.google.com/rss/articles/CBMi{n}?oc=5</link>
<title>{title} - {paper}</title><source url="https://{paper}.example">{paper}</source></item>"""
TITLE = "New gatekeyword{} at the border crossing of Vaalimaa"


def watch(installation: Installation, newsstand: Newsstand) -> None:
    installation.configure({"paper": newsstand.url("paper"), "search": newsstand.url("search")}, rules=RULE)


def test_an_article_that_a_search_finds_again_is_told_once(installation: Installation, newsstand: Newsstand) -> None:
    watch(installation, newsstand)
    newsstand.answer("search", 200, GOOGLE.format("").encode())
    with installation.running() as daemon:
        wait_until(lambda: newsstand.requests["paper"] >= 2 and newsstand.requests["search"] >= 2)
        newsstand.publish("paper", TITLE.format(1))
        wait_until(lambda: len(installation.messages()) == 1)
        again, other = ITEM.format(n=1, title=TITLE.format(1), paper="paper"), ITEM.format(n=2, title=TITLE.format(2), paper="other")
        newsstand.answer("search", 200, GOOGLE.format(again.replace(" - paper", "") + other).encode())
        wait_until(lambda: len(installation.messages()) == 2)
        assert daemon.stop() == 0
    assert "gatekeyword2" in str(installation.messages()[1])
    assert len(installation.messages()) == 2
