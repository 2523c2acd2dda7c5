"""Countries and crossings in a row of tokens, and the part each plays: who acts, and on whom it borders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from gatewatch.model import Concept, Country, Crossing, Gazetteer
from gatewatch.reading.folding import Token
from gatewatch.reading.lexicon import Hit, Lexicon
from gatewatch.reading.mentions import Mention, Part


class Atlas:
    """The gazetteer made ready for look-up."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        concepts: dict[str, Concept] = {}
        for country in gazetteer.countries:
            _enter(concepts, f"name:{country.code}", country.names)
            _enter(concepts, f"adjective:{country.code}", country.adjectives)
            _enter(concepts, f"authority:{country.code}", country.authorities)
            for neighbour, terms in country.towards.items():
                _enter(concepts, f"towards:{country.code}:{neighbour}", terms)
        self._groups = {f"group:{group.name}": group.members for group in gazetteer.groups}
        for group in gazetteer.groups:
            _enter(concepts, f"group:{group.name}", group.terms)
        self.crossings: dict[str, Crossing] = {}
        for crossing in gazetteer.crossings:
            key = f"crossing:{crossing.country}:{crossing.name}"
            self.crossings[key] = crossing
            _enter(concepts, key, crossing.terms)
        self.countries: Mapping[str, Country] = {country.code: country for country in gazetteer.countries}
        self.lexicon = Lexicon(concepts, longest_only=True)

    def mentions(self, row: Sequence[Token], hits: Sequence[Hit], home: str | None) -> list[Mention]:
        """All mentions in a row, in order, each with its part. `hits` are the vocabulary's in the same row."""
        named = self.lexicon.find(row)
        if not named:
            return []
        frame = _Frame(hits, row)
        found: list[Mention] = []
        for hit in named:
            kind, _, rest = hit.concept.partition(":")
            if kind == "crossing":
                crossing = self.crossings[hit.concept]
                found.append(
                    Mention(crossing.country, hit.first, hit.last, crossing=crossing, towards=crossing.neighbour)
                )
            elif kind == "towards":
                country, _, neighbour = rest.partition(":")
                if country == home or (home is None or home not in self.countries):
                    found.append(Mention(country, hit.first, hit.last, Part.OWNER, towards=neighbour))
            elif kind == "group":
                part = frame.part(hit)
                found += [Mention(code, hit.first, hit.last, part) for code in self._groups[hit.concept]]
            elif kind == "authority":
                found.append(Mention(rest, hit.first, hit.last, Part.AUTHORITY))
            else:
                adjective = kind == "adjective"
                part = Part.AUTHORITY if adjective and frame.before_authority(hit) else frame.part(hit)
                found.append(Mention(rest, hit.first, hit.last, part, adjective=adjective))
        return _joined(_one_each(found), frame, home)


def _enter(concepts: dict[str, Concept], name: str, terms: Sequence[str]) -> None:
    if terms:
        concepts[name] = Concept(name, tuple(terms))


def _one_each(found: list[Mention]) -> list[Mention]:
    """Of mentions of one country at one place the most telling stays; crossings all stay."""
    weight = dict.fromkeys(Part, 2) | {Part.AUTHORITY: 3, Part.NAMED: 1}
    kept: dict[tuple[int, str, str], Mention] = {}
    for mention in found:
        key = (mention.first, mention.country, mention.crossing.name if mention.crossing else "")
        old = kept.get(key)
        named = old is not None and old.adjective and not mention.adjective  # "Ungarn": the country before its people
        if old is None or weight[mention.part] > weight[old.part] or (named and mention.part is old.part):
            kept[key] = mention
    return sorted(kept.values(), key=lambda mention: (mention.first, mention.last))


def _joined(found: list[Mention], frame: _Frame, home: str | None) -> list[Mention]:
    """What a name takes from the one before it: "with Germany | and Lithuania", "Soome | idapiir"."""
    joined: list[Mention] = []
    for at, mention in enumerate(found):
        last = joined[-1] if joined else None
        if last is not None and last.country == home and frame.seated(last, mention):
            joined[-1] = last._replace(country=mention.country)
        if last is not None and frame.in_a_row(last, mention):
            if mention.part is Part.NAMED and last.part is Part.OWNER and frame.behind_border(last):
                mention = mention._replace(part=Part.NEIGHBOUR)  # граница Литвы и Беларуси
            if mention.part is Part.NAMED and last.part in _PASSED_ON and _a_row(found, at, frame):
                mention = mention._replace(part=last.part)
            if mention.part is Part.NAMED and frame.ends_with_neighbour(last) and _a_row(found, at, frame):
                mention = mention._replace(part=Part.NEIGHBOUR)  # "an der Grenze zu Polen | und Tschechien"
            if found[at].part is Part.NEIGHBOUR and last.part is Part.OWNER and frame.behind_border(last):
                joined[-1] = last._replace(part=Part.NEIGHBOUR)  # piiri Venemaa ja Valgevenega
            if mention.part is Part.NEIGHBOUR and frame.hyphen_behind(last):
                joined[-1] = last._replace(part=Part.NEIGHBOUR)  # "Ruotsin- ja Norjan-vastaiset", "Läti- ja Vene-"
            if mention.part is Part.OWNER and last.part is Part.NAMED and mention.first - last.last == 1:
                joined[-1] = last._replace(part=Part.OWNER)  # "the Finnish-Russian border" is both's
            beside = mention.first - last.last == 1 and last.crossing is None
            theirs = last.first == 0 or frame.joined(mention.first)  # "Łotwa: straż graniczna", not "… Russia, Orpo"
            if beside and mention.part is Part.AUTHORITY and mention.country == home and theirs:
                mention = mention._replace(country=last.country)  # "USA tolli- ja piirivalveamet" is no Estonian board
            if beside and mention.towards is not None and mention.crossing is None:
                mention = mention._replace(country=last.country)
        joined.append(mention)
    return joined


def _a_row(found: Sequence[Mention], at: int, frame: _Frame) -> bool:
    """Whether a name is joined by "and", or stands in a row that is: "with Russia, | Finland punished" is none."""
    while frame.in_a_row(found[at - 1], found[at]):
        if frame.tied(found[at - 1], found[at]):
            return True
        at += 1
        if at == len(found):
            return frame.before_and(found[-1])  # "Norge, Danmark och Island"
    return False


_PASSED_ON = (Part.NEIGHBOUR, Part.ORIGIN, Part.GOAL)
_OWNED = frozenset({"border", "crossing", "traffic", "checks", "closing"})


_FRAMING = frozenset(
    {*_OWNED, "authority", "with", "against", "decision", "with_form", "origin", "together", "goal", "goal_form"}
    | {"origin_form", "and", "article", "like", "like_after", "by_sea", "located", "beside"}
)


class _Frame:
    """The grammar around a name: "with", "against", a border word behind it."""

    def __init__(self, every: Sequence[Hit], row: Sequence[Token]) -> None:
        self._row = row
        hits = [hit for hit in every if hit.concept in _FRAMING]
        self._with = {h.last for h in hits if h.concept == "with"}
        self._against = {h.first for h in hits if h.concept == "against"}
        self._border = {h.first for h in hits if h.concept in _OWNED}
        self._border_end = {h.last for h in hits if h.concept == "border"}
        self._decision = {h.first for h in hits if h.concept == "decision"}
        self._form = {at for h in hits if h.concept == "with_form" for at in (h.first, h.last)}
        self._origin = {h.last for h in hits if h.concept == "origin"}
        self._beside = {h.last for h in hits if h.concept == "together"}
        self._goal = {h.last for h in hits if h.concept == "goal"}
        self._goal_form = {at for h in hits if h.concept == "goal_form" for at in (h.first, h.last)}
        self._origin_form = {at for h in hits if h.concept == "origin_form" for at in (h.first, h.last)}
        self._article = {h.first for h in hits if h.concept == "article"}
        self._like = {h.last for h in hits if h.concept == "like"}
        self._like_after = {h.first for h in hits if h.concept == "like_after"}
        self._ships = {h.first for h in hits if h.concept == "by_sea"}
        self._authority = {h.first for h in hits if h.concept == "authority"}
        self._and = {h.first for h in hits if h.concept == "and"}
        self._located = {h.last for h in hits if h.concept == "located" and h.first == h.last}
        self._located -= {h.last for h in hits if h.concept in ("beside", "with")}

    def in_a_row(self, one: Mention, other: Mention) -> bool:
        """Whether two names stand in a row: side by side, or with an "and" between them."""
        gap = other.first - one.last
        if gap == 2 and other.first - 1 in self._article:
            return not self.joined(other.first - 1)  # "Tschechien, der Schweiz und Österreich"
        return gap == 1 or self.tied(one, other)

    def tied(self, one: Mention, other: Mention) -> bool:
        """Whether an "and" stands between two names: "Polen und Litauen", "Dänemark und der Schweiz"."""
        gap = other.first - one.last
        if gap == 3 and other.first - 1 in self._article:
            return other.first - 2 in self._and
        return gap == 2 and other.first - 1 in self._and

    def before_and(self, mention: Mention) -> bool:
        return mention.last + 1 in self._and

    def ends_with_neighbour(self, mention: Mention) -> bool:
        """Whether a border that is named as one phrase ends with the country across: "die Grenze zu Polen"."""
        inside = mention.last - mention.first > 1 and mention.last - 1 in self._with
        return mention.towards is not None and mention.crossing is None and inside

    def seated(self, one: Mention, other: Mention) -> bool:
        """ "Justitiedepartementet i Oslo", in Sweden's press: where an authority has its seat, there it is one."""
        seat = other.crossing is None and other.towards is None and not other.adjective
        inside = other.first - 1 in self._located and other.first - one.last == 2
        return seat and one.part is Part.AUTHORITY and one.crossing is None and inside

    def behind_border(self, mention: Mention) -> bool:
        return mention.first - 1 in self._border_end and self.joined(mention.first)

    def joined(self, at: int) -> bool:
        """Whether nothing but a space parts a token from the one before it: "Haiti border: Dominica closes"."""
        return self._row[at].start - self._row[at - 1].end <= 1

    def hyphen_behind(self, mention: Mention) -> bool:
        """Whether a name leaves its second half to the next one: "Ruotsin- ja"."""
        behind = mention.last + 1
        return behind in self._and and self._row[behind].start - self._row[mention.last].end == 2

    def before_authority(self, hit: Hit) -> bool:
        """ "Polish border guards", "польские пограничники": their country acts."""
        return hit.last + 1 in self._authority

    def part(self, hit: Hit) -> Part:
        before, after = hit.first - 1, hit.last + 1
        if before in self._article:
            before -= 1
        if after in self._decision or before in self._decision:  # Suomen päätös, решение Польши
            return Part.DECIDER
        if before in self._beside:
            return Part.NAMED
        if before in self._like or after in self._like_after or after in self._ships:  # "Viron laivat" decide nothing
            return Part.EXAMPLE
        if before in self._with or after in self._against or hit.last in self._form:
            return Part.GOAL if before in self._goal else Part.NEIGHBOUR
        if before in self._origin or hit.last in self._origin_form:
            return Part.ORIGIN
        if (after in self._border and self.joined(after)) or (before in self._border_end and self.joined(hit.first)):
            return Part.OWNER  # Suomen raja, граница Литвы
        if before in self._goal or hit.last in self._goal_form:
            return Part.GOAL
        return Part.NAMED
