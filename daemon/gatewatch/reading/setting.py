"""What a clause is read against: the item's day, its source's home, the sentences around, the country it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gatewatch.model import Country
from gatewatch.reading.clauses import TRIGGERS, Sentence
from gatewatch.reading.kept import kept
from gatewatch.reading.lexicon import Hit
from gatewatch.reading.mentions import NAMES, Mention, Part
from gatewatch.reading.salience import nearness, told_aside, weight

OLD = timedelta(days=7)
"""News is told for about a week; what is older stands in a text as background."""

OF_A_BORDER = TRIGGERS | {"border", "crossing", "traffic", "entry", "asylum_seekers", "migrants", "irregular", "people"}


@dataclass(frozen=True)
class Setting:
    """What a clause is read against: the item's day, its source's home, the sentences before it."""

    today: date
    home: str | None
    sentences: Sequence[Sentence]
    countries: Mapping[str, Country]
    speaks_of_borders: bool = True
    language: str = "und"
    is_of_an_inner_line: bool = False  # its headline is of the border of a province or a town

    def carries_border(self, number: int) -> bool:
        """Whether the sentence before, or the title, speaks of a border; "did the same" goes on with the one before."""
        between = [h.concept for s in self.sentences if s.number == number - 1 for h in s.hits]
        goes_on = "likewise" in between or not (TRIGGERS | {"not_border"}) & set(between)
        before = (number - 1, number - 2 if goes_on else 0, 0)
        for sentence in self.sentences:
            if sentence.number in before and sentence.number < number:
                if any(h.concept in ("border", "crossing") for h in sentence.hits):
                    return True
                if any(m.crossing is not None for m in sentence.mentions):
                    return True
        return False

    @kept
    def mentions(self) -> tuple[Mention, ...]:
        """All that the text names, in order."""
        return tuple(m for s in self.sentences for m in s.mentions)

    def borders(self, one: str, other: str | None) -> bool:
        """Whether two countries share a land border that the gazetteer knows."""
        country = self.countries.get(one)
        return country is not None and other in country.land_neighbours

    @kept
    def neighbours_named(self) -> bool:
        """Whether two countries of the text, or one and the home, share a land border."""
        named = {m.country for m in self.mentions} | ({self.home} if self.home else set())
        return any(self.borders(one, other) for one in named for other in named)

    def closed_long_ago(self, country: str, named: Collection[str]) -> bool:
        """Whether a country's border had been closed for more than a week, as the gazetteer knows.

        `named` are the countries named beside: "closed its border with Sweden" is of another line.
        """
        known = self.countries.get(country)
        sides = known.closed if known is not None else {}
        named = set(named) - {country}
        return any(self.today > day + OLD and (not named or side in named) for side, day in sides.items())

    def looks_across(self, country: str) -> bool:
        """Whether the home calls a side after that neighbour: "the Russian border" is then the home's own."""
        home = self.countries.get(self.home or "")
        return home is not None and country in home.towards

    @kept
    def headline(self) -> Sequence[Hit]:
        """What was found in the headline; nothing where there is none."""
        return next((s.hits for s in self.sentences if s.is_title), ())

    @kept
    def headline_is_of_a_border(self) -> bool:
        """Whether the headline has a word of it, a crossing, or two neighbours; one of two words may be of anything."""
        titles = [s for s in self.sentences if s.is_title]
        mentions = [m for s in titles for m in s.mentions if not m.adjective]
        if sum(len(s.row) for s in titles) < 3 or any(m.crossing is not None or m.towards for m in mentions):
            return True
        if any(self.borders(one.country, other.country) for one in mentions for other in mentions):
            return True
        return any(h.concept in OF_A_BORDER for s in titles for h in s.hits)

    @kept
    def headline_closes(self) -> bool:
        """Whether the headline itself tells of a closing, or is not there."""
        closing = ("close", "closed", "closing", "stop", "checks", "restrict", "ban_entry", "restriction")
        return not self.headline or any(h.concept in closing for h in self.headline)

    @kept
    def names_a_border(self) -> bool:
        """Whether a border, a country or an authority is named: "tourists may not enter the island" names none."""
        told = any(h.concept in ("border", "crossing", "checks", "authority") for s in self.sentences for h in s.hits)
        return told or any(s.mentions for s in self.sentences)

    @kept
    def is_of_roads(self) -> bool:
        """Whether only roads are told of: mountain passes and ferries are crossings too, but of no border."""
        hits = [h.concept for s in self.sentences for h in s.hits]
        places = [m for m in self.mentions if m.crossing or m.country != self.home]
        return hits.count("not_border") >= 2 and "border" not in hits and not places

    @kept
    def is_of_sport(self) -> bool:
        """Whether a match is told of: there defences close borders and keepers their goal."""
        return sum(h.concept == "sport" for s in self.sentences for h in s.hits) >= 2

    @kept
    def is_of_another_line(self) -> bool:
        """Whether the headline is of what is no border, and no border, crossing or country is named: a province's."""
        named = any(h.concept in ("border", "crossing") for s in self.sentences for h in s.hits)
        named = named or any(s.mentions for s in self.sentences)
        return not named and any(h.concept == "not_border" for h in self.headline)

    @kept
    def is_of_fence(self) -> bool:
        """Whether the headline is of a fence, and of nothing that is closed or opened."""
        concepts = {h.concept for h in self.headline}
        return "fence" in concepts and not concepts & {"close", "closed", "closing", "open", "opened", "opening"}

    @kept
    def is_of_weather(self) -> bool:
        """Whether snow, wind or water stops the traffic: no authority closes its border by that."""
        concepts = {h.concept for s in self.sentences if s.number <= 2 for h in s.hits}
        return "weather" in concepts and not concepts & {"migrants", "asylum_seekers", "irregular", "decided"}

    @kept
    def closes_another_thing(self) -> bool:
        """Whether the headline closes a road, a street, the airspace: "it" and "the ban" in the text are of that."""
        aside = {at for h in self.headline if h.concept == "beside" for at in (h.last + 1, h.last + 2)}
        concepts = {h.concept for h in self.headline if h.first not in aside}  # "the shop near the border closes"
        acts = concepts & {"close", "closed", "closing", "stop", "open", "restrict", "ban_entry"}
        return bool(acts) and "not_border" in concepts and not concepts & {"border", "crossing", "checks", "entry"}

    @kept
    def is_of_goods(self) -> bool:
        """Whether the headline is of cattle or imports, and nobody who crosses is told of."""
        goods = any(h.concept == "goods" for h in self.headline)
        crossing = ("traffic", "migrants", "asylum_seekers", "nationals", "group", "vehicle")
        return goods and not any(h.concept in crossing for s in self.sentences for h in s.hits)

    @kept
    def is_still_open(self) -> bool:
        """Whether the text speaks of a proposal, or of what is yet to be decided, and decides nothing itself."""
        told = {h.concept for s in self.sentences if not s.is_title for h in s.hits}
        return bool(told & {"undecided", "possible", "demand"}) and not told & (TRIGGERS | {"decided", "not", "done"})

    @kept
    def is_survey(self) -> bool:
        """Whether people are asked what they think: "71 percent would keep the border closed"."""
        return any(h.concept == "survey" for s in self.sentences if s.number <= 1 for h in s.hits)

    @kept
    def is_opinion(self) -> bool:
        """Whether the headline says so: "Letter: Keep the border shut"."""
        return any(h.concept == "opinion" and h.first == 0 for h in self.headline)

    @kept
    def is_of_outsiders(self) -> bool:
        """Whether the headline is of those who are no state and block or close something: "Farmers seal crossing"."""
        outsiders = [h.first for h in self.headline if h.concept == "outsider"]
        acts = [h.first for h in self.headline if h.concept in ("close", "closed", "stop", "open")]
        decides = any(h.concept in ("authority", "decided") for h in self.headline)
        return bool(outsiders and acts) and min(outsiders) < min(acts) and not decides

    @kept
    def is_explainer(self) -> bool:
        """Whether the headline explains or looks back: "Why …", "Timeline: …", "Five years on: …".

        "Borders close: how will food get through?" tells first, and asks only then; "…: a timeline" is a label.
        """
        end = next((len(s.row) - 1 for s in self.sentences if s.is_title), 0)
        told = min((h.first for h in self.headline if h.concept in TRIGGERS), default=0)
        looks_back = any(h.concept == "past_time" and h.first <= 1 for h in self.headline)
        return looks_back or any(h.concept == "explains" and (h.first <= told or h.last == end) for h in self.headline)

    @kept
    def acting(self) -> Mapping[str, float]:
        """How much each country acts in the text: named early, by its authorities, as owner of its crossings."""
        score: dict[str, float] = defaultdict(float)
        for sentence in self.sentences:
            for mention in sentence.mentions:
                if not (self._only_a_side(mention) or told_aside(mention, sentence)):
                    score[mention.country] += nearness(sentence) * weight(mention)
        return score

    def _only_a_side(self, mention: Mention) -> bool:
        """Whether a border is home's only by default: "Finland keeps the eastern border shut", told in Estonia."""
        if mention.towards is None or mention.crossing is not None or self._named(mention.country):
            return False
        return mention.towards in self._sides

    @kept
    def _sides(self) -> frozenset[str]:
        """The neighbours after whom a country that the text names calls a side of its border."""
        acting = (*NAMES, Part.OWNER)
        named = {m.country for m in self.mentions if m.towards is None and m.part in acting}
        return frozenset(side for c in named if c in self.countries for side in self.countries[c].towards)

    def acts_more(self, one: str | None, other: str) -> bool:
        """Whether the text names a country, or its authorities, more as one that acts than another."""
        return one is not None and self._named(one) > self._named(other)

    @kept
    def is_abroad(self) -> bool:
        """Whether another country acts in the text, and home is not named as one that does."""
        home = self.home
        return home is not None and self.protagonist not in (None, home) and self._named(home) == 0

    @kept
    def _home_speaks(self) -> bool:
        """ "Border guard: crossings with Russia close": a headline's authority without a country is the home's own."""
        titles = [s for s in self.sentences if s.is_title]
        acting = any(m.part in NAMES or m.crossing for s in titles for m in s.mentions)
        return not acting and any(h.concept == "authority" for h in self.headline)

    def _named(self, country: str) -> float:
        own = [(s, m) for s in self.sentences for m in s.mentions if m.country == country]
        return sum(nearness(s) * weight(m) for s, m in own if m.part in NAMES)

    @kept
    def protagonist(self) -> str | None:
        """The country that the whole text is about, as one that acts: named early, by its authorities, at home.

        A foreign outlet's home counts only if the text names it; without any other actor it is the home.
        """
        score = defaultdict(float, self.acting)
        if self.home is not None and (self.home in score or self._home_speaks or not any(score.values())):
            score[self.home] += 1.0 + self._home_speaks
        best = max(score, key=lambda country: score[country], default=None)
        return best if best is not None and score[best] > 0 else self.home
