"""The names of the concepts that the reading goes by: the `[words.…]` tables of a vocabulary."""

from __future__ import annotations

CONCEPTS = frozenset(
    {
        "about", "about_after", "after", "again", "against", "agent", "all", "all_but", "also", "and", "arrive",
        "article", "asylum_seekers", "authority", "back_again", "ban_entry", "because", "before_not_people", "beside",
        "border", "briefly", "by_sea", "can_be_done", "checks", "clause", "clock", "close", "closed", "closing",
        "comments_on", "compared", "condition", "correction", "counted", "crossing", "day_after_tomorrow",
        "days_a_week",
        "decided", "decision", "demand", "directed", "done", "elsewhere", "end_of", "entry", "explains",
        "extend", "feared", "fence", "from", "from_after", "goal", "goal_form", "goods", "group", "hearsay",
        "in_force", "infinitive", "intends", "into_country", "introduce", "irregular", "it", "keep",
        "last_time", "lasts", "lately", "lift", "like", "like_after", "likewise", "located", "midnight", "migrants",
        "month_end", "nationals", "next_time", "night", "night_before", "night_between", "no_need",
        "none_of", "not", "not_border", "not_people", "not_rule_out", "of_them", "only", "open", "opened",
        "opening", "opinion", "origin", "ought", "origin_form", "other_actor", "outsider", "partly", "past_time",
        "people", "per_day", "per_month", "per_week", "per_year", "pluperfect", "possible", "postpone",
        "protection", "range", "rehearsed", "relative", "reported", "restrict", "restriction", "rule_out", "sets_aside",
        "since", "sport", "start_of", "stop", "such", "supposed", "survey", "suspended", "there", "they_all",
        "today", "together", "tomorrow", "tonight", "traffic", "travel_advice", "undecided", "union",
        "until", "until_after", "untrue", "vehicle", "verb_first",
        "we", "weather", "when", "wished", "with", "with_form", "works", "would", "year_end", "yesterday",
    }
)
"""What each means is told in docs/vocabulary.md."""
