"""The fast way of reading a feed gives what feedparser gives, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gatewatch.sources.encoding import clean_xml, decode
from gatewatch.sources.lenient import read_leniently
from gatewatch.sources.wellformed import read_wellformed

FEEDS = sorted((Path(__file__).parent / "feeds").glob("*.xml"))

RSS = (
    '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:dcterms="http://purl.org/dc/terms/"'
    ' xmlns:sy="http://purl.org/rss/modules/syndication/"{more}><channel>{channel}{items}</channel></rss>'
).replace("rss/modules/syn", "rss/1.0/modules/syn")
RDF = (
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"{more}>'
    '<channel rdf:about="https://news.example/">{channel}<items><rdf:Seq><rdf:li rdf:resource="a"/></rdf:Seq></items>'
    "</channel>{items}</rdf:RDF>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"{more}>{channel}{items}</feed>'
)

letters = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=12)
phrases = st.sampled_from([
    "Raja suljetaan", "Ñandú", "Ã¤iti", "  padded\n ", "\u0096", "\x80uro", "A &amp;amp; B", "&lt;b&gt;bold&lt;/b&gt;",
    "&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two", "<![CDATA[<p>Raja &amp; tulli</p>]]>", "<![CDATA[]]>", "&#8217;&#xE4;", "",
    "&lt;![CDATA[&lt;p&gt;Liferay&lt;/p&gt;]]&gt;", "one<!-- note -->two", "<?php ?>", "0", "a &amp;copy; b", "граница",
    "<![CDATA[<item>]]>", "e\u0301",
])  # fmt: skip
texts = st.one_of(phrases, letters.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")))
links = st.sampled_from([
    "https://news.example/a", "/b?x=1&amp;y=2", "//cdn.example/c", "http:///d", "https://news.example/e?a=1&amp;copy=2",
    " https://news.example/\nf ", "", "tag:news.example,2023:g", "https://news.example/ä", "mailto:a@b.example", "12345",
    "https://news.example/h#i",
])  # fmt: skip
dates = st.sampled_from([
    "Fri, 17 Nov 2023 12:00:00 GMT", "2023-11-17T12:00:00+02:00", "", "17.11.2023", "yesterday", "2020/1/10",
    "Fri, 17 Nov 2023 12:00:00 -0000",
])  # fmt: skip
languages = st.sampled_from(["", ' xml:base="/z/"', ' xml:base="https://other.example/z/"', ' xml:lang="fi"', ' xml:lang="en_GB"', ' xml:lang=""', ' lang="sv"'])
types = st.sampled_from(["", ' xml:base="https://content.example/c/"', ' base="/d"', ' type="html"', ' type="text"', ' type="TEXT/html"', ' type="xhtml"', ' mode="escaped"'])


def element(name: str, content: st.SearchStrategy[str], attributes: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(lambda text, more: f"<{name}{more}>{text}</{name}>", content, attributes)


nothing = st.just("")
atom_links = st.builds(
    '<{0}link href="{1}"{2}/>'.format,
    st.sampled_from(["", "atom:"]),
    links.map(lambda link: link.replace("\n", " ")),
    st.sampled_from(["", ' rel="alternate"', ' rel="self"', ' rel="enclosure"', ' rel="Alternate" type="application/pdf"']),
)
rss_parts = st.one_of(
    element("title", texts, st.one_of(nothing, languages)),
    element("description", texts, types),
    element("content:encoded", texts, nothing),
    element("link", links, st.sampled_from(["", "", ' xml:base="https://x.example/l/"'])),
    element("guid", links, st.sampled_from(["", ' isPermaLink="false"', ' isPermaLink="true"', ' ispermalink="no"'])),
    element("pubDate", dates, nothing),
    element("dc:date", dates, nothing),
    element("dcterms:modified", dates, nothing),
    element("dc:title", texts, nothing),
    element("dc:language", st.sampled_from(["fi", "sv-FI", ""]), nothing),
    element("itunes:summary", texts, nothing),
    element("media:title", texts, nothing),
    element("media:description", texts, nothing),
    element("source", texts, st.just(' url="https://daily.example/"')),
    element("author", texts, nothing),
    element("category", texts, st.sampled_from(["", ' domain="x"'])),
    element("image", texts, nothing),
    st.builds("<media:group><media:content url='v'>{}{}</media:content></media:group>".format,
              element("media:title", texts, nothing), element("media:description", texts, nothing)),
    st.sampled_from(['<enclosure url="a.mp3"/>', "<thumb><a>x</a></thumb>", "<date>2023-11-17</date>", "<x a='b'>c</x>",
                     "<media:thumbnail url='t'/>", "<atom:updated>2023-11-18T00:00:00Z</atom:updated>", "loose text"]),
    atom_links,
)  # fmt: skip
atom_parts = st.one_of(
    element("title", texts, st.builds("{}{}".format, types, languages)),
    element("summary", texts, types),
    element("content", texts, types),
    element("id", links, nothing),
    element("updated", dates, nothing),
    element("published", dates, nothing),
    element("dc:title", texts, nothing),
    st.builds("<author><name>{}</name><uri>u</uri></author>".format, texts),
    st.builds("<source><title>{}</title><id>x</id><updated>2023-01-01</updated></source>".format, texts),
    st.builds("<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>{}</p></div></content>".format, texts),
    st.builds("<media:group>{}{}</media:group>".format,
              element("media:title", texts, nothing), element("media:description", texts, nothing)),
    atom_links.filter(lambda link: "atom:" not in link),
)  # fmt: skip
channel_parts = st.one_of(
    element("title", texts, languages),
    element("link", links, nothing),
    element("description", texts, nothing),
    element("language", st.sampled_from(["fi", "en-us", ""]), nothing),
    element("ttl", st.sampled_from(["60", "0", "x"]), st.sampled_from(["", ' a="b"'])),
    st.builds("<image><title>{}</title><url>u</url><link>l</link></image>".format, texts),
    st.just("<sy:updatePeriod xmlns:sy='http://purl.org/rss/1.0/modules/syndication/'>daily</sy:updatePeriod>"),
)
roots = st.builds("{}{}".format, languages, st.sampled_from(["", "", ' xml:base="https://base.example/x/"', ' xmlns:foo="urn:x"']))


@st.composite
def documents(draw: st.DrawFn) -> str:
    frame, entry, parts = draw(
        st.sampled_from([(RSS, "item", rss_parts), (RDF, "item", rss_parts), (ATOM, "entry", atom_parts)])
    )
    attributes = st.sampled_from(["", ' rdf:about="https://news.example/about"'] if frame is RDF else [""])
    if frame is RDF:
        parts = parts.filter(lambda part: not any(f"<{name}:" in part for name in ("media", "itunes", "atom", "dcterms")))
    entries = st.builds(
        lambda inner, more, language: f"<{entry}{more}{language}>{''.join(inner)}</{entry}>",
        st.lists(parts, max_size=7), attributes, languages,
    )  # fmt: skip
    channel = "".join(draw(st.lists(channel_parts, max_size=3)))
    return frame.format(more=draw(roots), channel=channel, items="".join(draw(st.lists(entries, max_size=4))))


@pytest.mark.parametrize("path", FEEDS, ids=lambda path: path.stem)
def test_each_trap_is_read_alike_or_left_to_feedparser(path: Path) -> None:
    xml = clean_xml(decode(path.read_bytes(), None))
    assert read_wellformed(xml) in (None, read_leniently(xml))


@settings(max_examples=400, deadline=None)
@given(documents())
def test_both_ways_read_the_same(xml: str) -> None:
    assert read_wellformed(xml) in (None, read_leniently(xml))


PLAIN = [
    RSS.format(more="", channel="<title>N</title>", items="<item><title>a</title><guid>b</guid></item>"),
    RDF.format(more="", channel="<title>N</title>", items="<item><title>a</title><dc:date>2023-11-17</dc:date></item>"),
    ATOM.format(more="", channel="<title>N</title>", items="<entry><id>b</id><content type='html'>a</content></entry>"),
    '<rss version="0.91"><channel><title>N</title><item><title>a</title></item></channel></rss>',
    '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>N</title><entry><issued>2023-11-17</issued></entry></feed>',
    RSS.format(more="", channel="", items="<item><site xmlns='com-wordpress:feed-additions:1'>1</site><title>a</title></item>"),
    RSS.format(more=' xml:base="https://x.example/y/"', channel="", items="<item><link>a</link><guid>b</guid></item>"),
    RSS.format(more="", channel="<title>a</title><title>b</title>", items="<item><title>a</title></item>"),
    RSS.format(more="", channel="", items="<item><title>a</title><source url='u'>s</source><title>b</title></item>"),
    ATOM.format(more="", channel="", items="<entry><content xml:base='https://x.example/'>a</content></entry>"),
]  # fmt: skip


@pytest.mark.parametrize("xml", PLAIN, ids=range(len(PLAIN)))
def test_usual_feeds_take_the_fast_way(xml: str) -> None:
    assert read_wellformed(xml) == read_leniently(xml)
    assert read_wellformed(xml) is not None


UNSURE = {
    "an entity": '<!DOCTYPE rss [<!ENTITY a "b">]>' + PLAIN[0].replace("a</title>", "&a;</title>"),
    "a doctype alone": "<!DOCTYPE rss>" + PLAIN[0],
    "a bare ampersand": PLAIN[0].replace(">a<", ">a & b<"),
    "an HTML entity": PLAIN[0].replace(">a<", ">a&nbsp;b<"),
    "xhtml": PLAIN[2].replace("type='html'>a", "type='xhtml'><div>a</div>"),
    "elements in a title": PLAIN[0].replace(">a<", "><b>a</b><"),
    "base64": PLAIN[2].replace("type='html'", "type='image/png'"),
    "a base that is no address": RSS.format(more=' xml:base="feed.xml"', channel="", items="<item><link>a</link></item>"),
    "a prefix that means something else": PLAIN[0].replace("http://purl.org/dc/elements/1.1/", "urn:other"),
    "another root": PLAIN[0].replace("<rss", "<news").replace("</rss", "</news"),
    "two channels": PLAIN[0].replace("</channel>", "</channel><channel></channel>"),
    "a title in something unknown in the channel": PLAIN[0].replace("<item>", "<box><title>b</title></box><item>"),
    "a channel summed up twice": RSS.format(more="", channel="<itunes:summary>a</itunes:summary><description>b</description>",
        items="<item><description>c</description><description>d</description></item>"),
    "a logo with more in it": PLAIN[0].replace("<item>", "<image><note/><title>Logo</title></image><item>"),
    "a space in a namespace": PLAIN[0].replace("<rss", "<rss xmlns:x='urn:a b'"),
}  # fmt: skip


@pytest.mark.parametrize("xml", UNSURE.values(), ids=UNSURE)
def test_what_is_unusual_is_left_to_feedparser(xml: str) -> None:
    assert read_wellformed(xml) is None


@pytest.mark.parametrize("xml", PLAIN, ids=range(len(PLAIN)))
def test_a_document_that_ends_early_is_never_taken(xml: str) -> None:
    assert not any(read_wellformed(xml[:end]) for end in range(len(xml) - 1))
