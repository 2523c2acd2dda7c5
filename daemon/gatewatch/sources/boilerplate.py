"""What stands on an article's page and is not the article: other headlines above all.

A list of "most read" beside the news that a road is closed may say that a border is, elsewhere or last year. What is
removed here in doubt costs a sentence; what is left in by mistake is a false alert.
"""

from __future__ import annotations

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

#: Elements that never hold an article's own sentences; captions tell of archive pictures.
_FURNITURE = "nav, aside, footer, figure, figcaption, button, dialog, time, label, amp-sidebar, amp-consent"
#: Words in a class or id, whole or at either end of one.
_NAMES = re.compile(
    r"cookie|consent|gdpr|onetrust|didomi|usercentrics|paywall|subscri|premium-|newsletter|nyhetsbrev|uutiskirje"
    r"|related|recommend|read-?(?:more|also|next)|more-(?:on|news|stories)|lue-?myos|les-?ogsa|las-?ocksa"
    r"|most-?(?:read|popular|viewed)|mest-?lest|mest-?last|luetuimmat|popular|trending|latest|teaser|promo"
    r"|sidebar|breadcrumb|share|sharing|social|comment|caption|byline|author|advert|outbrain|taboola|widget"
    r"|news-?(?:feed|ticker|list)|footer|menu|(?:^|[\s_-])(?:ad|ads|nav|tags|banner|reference|toolbar)(?:$|[\s_-])",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\bis-|\bhas-|\bno-|\bwith-")  # states of a page: "has-cookie-banner" stands on the body
_BLOCKS = "p, li, ul, ol, dl, h2, h3, h4, h5, h6, table, blockquote, div, section, article"
_MOSTLY_LINKS = 0.7
_HEADINGS = "h2, h3, h4, h5, h6"

#: Lines that offer something else to read, in the languages of the vocabularies; what follows is a headline.
_OFFERS = re.compile(
    r"\W*(?:read (?:also|more|next|here)|see also|also read|don.t miss"
    r"|lue (?:myös|lisää)|katso myös|läs (?:också|även|mer)|se också|les (?:også|mer)\b|læs (?:også|mere)|se også"
    r"|loe (?:ka|veel|lisaks|rohkem)\b|vaata ka\b|lasi(?:et)? (?:arī|vairāk)|skat(?:ies|īt) arī"
    r"|(?:taip pat )?skaitykite\b|(?:prze)?czytaj (?:też|także|więcej|również)|zobacz (?:też|także|również)"
    r"|(?:читайте|смотрите) (?:также|ещ[её]|далее)|читать (?:далее|подробнее|также)|(?:читайте|дивіться) (?:також|ще)"
    r"|lesen sie (?:auch|mehr|hier)|auch interessant)(?:\W|$)",
    re.IGNORECASE,
)
#: The same, where the words are all of the line: in a sentence they would mean something.
_TITLES = re.compile(
    r"\W*(?:related(?: (?:articles|stories|news|content|topics))?|more (?:on this(?: story)?|news|stories|from .{1,30})"
    r"|most (?:read|popular|viewed)|trending(?: now)?|recommended(?: for you)?|latest(?: news)?"
    r"|you (?:may|might) also like"
    r"|aiheesta (?:lisää|muualla)|lisää aiheesta|luetuimmat|suosituimmat|uusimmat|tuoreimmat|mest lästa?"
    r"|mer om .{1,40}"
    r"|relaterat|senaste nytt|mest les(?:t|te)|mest læste|siste nytt|relaterte? (?:saker|artikler|innhold)|flere saker"
    r"|seotud (?:uudised|artiklid|lood)|enim loetud|viimased uudised|toimetaja valik|saistītie raksti|lasītākie"
    r"|susiję straipsniai|skaitomiausi|najczęściej czytane|powiązane(?: artykuły)?|zobacz więcej"
    r"|(?:материалы |ещ[её] |новости )?по теме|самое (?:читаемое|важное)|популярное"
    r"|(?:другие|главные) новости"
    r"|за темою|популярне|інші новини|mehr zum thema|meistgelesen(?:e artikel)?|weitere (?:artikel|meldungen)"
    r"|das könnte sie auch interessieren)\W*",
    re.IGNORECASE,
)
#: Short lines on money, cookies and accounts.
_ASKS = re.compile(
    r"\bsubscri(?:be|ber|ption)|\bsign (?:in|up)\b|\blog in\b|\bcookies?\b|newsletter|all rights reserved"
    r"|tilaa(?:ja|jille|\b)|kirjaudu|eväste|uutiskirje|prenumer|logga in|\bkakor\b|nyhetsbrev|\babonn|logg inn"
    r"|informasjonskapsl|tellija|\btelli(?:mus|da|ge)?\b|logi sisse|küpsis|abonē|sīkdat|prenumeruo|slapuk"
    r"|prenumerat|subskry|ciastecz|подпис(?:ка|ку|ки|аться|ывайтесь|чик)|файлы cookie|войдите|підпис(?:ка|ку|уйтесь)"
    r"|einloggen|newsletter|jetzt (?:lesen|testen)",
    re.IGNORECASE,
)
_SHORT = 220  # characters
_HEADLINE = 5  # words
_ENDS_A_SENTENCE = (".", "!", "?", "…", ":", ";", ",", ".”", '."', ".»", ".“", "”", "»", ")")


def prune(tree: LexborHTMLParser) -> None:
    """Takes out of a page what is not its article, as far as the markup shows it."""
    for node in tree.css(_FURNITURE):
        _take_out(tree, node)
    for node in tree.css("[class], [id]"):
        if _is_furniture_by_name(node):
            _take_out(tree, node)
    for node in tree.css(_HEADINGS):
        if _is_offer(_text(node)):
            _take_out_list(tree, node)
    _keep_one_article(tree)
    for node in tree.css(_BLOCKS):
        if _is_mostly_links(node) or _is_card(node):
            _take_out(tree, node)


def without_offers(text: str) -> str:
    """The text without lines that offer other articles, subscriptions and cookies, and the headlines after them.

    A line of five words that ends no sentence is a headline, whoever's, unless it is the lead; a shorter one may be
    a crossing in a list or a row of a table.
    """
    kept: list[str] = []
    in_list = False
    for line in text.splitlines():
        if _is_offer(line):
            in_list = True
        elif _is_headline(line) and (in_list or (kept and len(line.split()) >= _HEADLINE)):
            continue
        elif len(line) > _SHORT or not _ASKS.search(line):
            in_list = False
            kept.append(line)
    return "\n".join(kept)


def _is_offer(line: str) -> bool:
    return len(line) <= _SHORT and bool(_OFFERS.match(line) or _TITLES.fullmatch(line))


def _is_headline(line: str) -> bool:
    return len(line) <= _SHORT and not line.endswith(_ENDS_A_SENTENCE)


def _is_furniture_by_name(node: LexborNode) -> bool:
    names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"[:400]
    return any(_NAMES.search(name) and not _NAMED.search(name) for name in names.split())


def _take_out(tree: LexborHTMLParser, node: LexborNode) -> None:
    """Removes an element, unless the article is in it: ASP.NET sites have all in one form, others all in one aside."""
    if node.tag in ("html", "body", "main") or node.css_first("h1") is not None:
        return
    body = tree.body
    if body is not None and len(_text(node)) > len(_text(body)) * 0.6:
        return
    node.decompose()


def _take_out_list(tree: LexborHTMLParser, heading: LexborNode) -> None:
    """Removes "Most read" and what stands under it: its box, or else all up to the next heading."""
    box = heading.parent
    if box is not None and box.tag in ("div", "section", "li") and box.css_first("h1, p p") is None:
        first = next((child for child in box.iter() if child.tag != "-text"), None)
        if first is not None and first.mem_id == heading.mem_id:
            _take_out(tree, box)
            return
    after = heading.next
    while after is not None and after.tag not in ("h1", "h2", "h3", "h4", "h5", "h6"):
        following = after.next
        if after.tag in ("ul", "ol", "div", "section", "article") or _is_mostly_links(after):
            after.decompose()
        after = following
    heading.decompose()


def _keep_one_article(tree: LexborHTMLParser) -> None:
    """Of several <article>, those without the headline are cards of other articles."""
    own = {article.mem_id for article in tree.css("article") if article.css_first("h1") is not None}
    if own:
        for article in tree.css("article"):
            if article.mem_id not in own:
                article.decompose()


def _is_mostly_links(node: LexborNode) -> bool:
    if node.tag == "-text":
        return False
    length = len(_text(node))
    linked = sum(len(_text(link)) for link in node.css("a"))
    return linked > 0 and linked >= length * _MOSTLY_LINKS


def _is_card(node: LexborNode) -> bool:
    """Whether a box begins with a linked headline, as the cards of other articles do; paragraphs may."""
    if node.tag not in ("div", "section", "article", "li"):
        return False
    first = next((child for child in node.iter(include_text=True) if _text(child)), None)
    return first is not None and (
        first.tag == "a" or (first.tag in ("h2", "h3", "h4", "h5", "h6") and _is_mostly_links(first))
    )


def _text(node: LexborNode) -> str:
    return " ".join(node.text().split())
