"""Whose border "Norway's border with Russia" and "the Russian border" are: its owner's, or his who acts on it."""

from __future__ import annotations

from collections.abc import Sequence

from gatewatch.reading.agents import agents, just_behind, together
from gatewatch.reading.clauses import Clause
from gatewatch.reading.mentions import NAMES, Mention, Part
from gatewatch.reading.setting import Setting


def owner_or_agent(
    owner: Mention, mentions: Sequence[Mention], clause: Clause, trigger: int, setting: Setting
) -> list[str]:
    """ "Norway's border with Russia" is Norway's; "the Russian border" is its neighbour's who speaks of it."""
    leads = owner.first == clause.fragment(owner.first)[0]
    if leads and any(h.concept == "checks" and h.first == owner.last + 1 for h in clause.hits):
        return together(owner, mentions)  # "Poland's border checks go on towards Germany"
    named = agents(mentions, trigger, clause)
    acting = [m.country for m in named]
    across = [m.country for m in clause.mentions if m.part is Part.NEIGHBOUR]  # not "closed after they flew to Vilnius"
    if any(setting.borders(owner.country, country) for country in across if country not in acting):
        return together(owner, mentions)
    candidates = list(reversed(acting))
    behind = [] if acting else just_behind(clause, trigger)
    if behind and all(setting.borders(each, owner.country) for each in behind):
        return behind  # "closure of the Belarus border under discussion in Poland"
    if setting.is_abroad and setting.looks_across(owner.country) and setting.protagonist is not None:
        candidates.append(setting.protagonist)  # "X wants to close the Russian border", over a text on Estonia
    if setting.looks_across(owner.country) or setting.acts_more(setting.home, owner.country):
        candidates.append(setting.home or "")
    elif setting.protagonist != setting.home and not _third(owner.country, setting):
        candidates.append(setting.protagonist or "")
    for actor in candidates:
        if actor != owner.country and setting.borders(actor, owner.country):
            row = next((together(m, mentions, clause) for m in reversed(named) if m.country == actor), [actor])
            return [c for c in row if setting.borders(c, owner.country)]  # "Czechia and Poland … the Slovak border"
    return together(owner, mentions)


def _third(owner: str, setting: Setting) -> bool:
    """Whether the text is about a border with somebody else: "Lithuania's border" is then Lithuania's own."""
    if not any(m.country == setting.protagonist and m.part in NAMES for m in setting.mentions):
        return True
    return any(m.part is Part.NEIGHBOUR and m.country not in (owner, setting.protagonist) for m in setting.mentions)
