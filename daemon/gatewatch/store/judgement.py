"""What was made of it: matches and what became of them, stories, rules that are known, notices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from gatewatch.model import Match, Story
from gatewatch.store.connection import Connection
from gatewatch.store.records import MatchRecord, Notice
from gatewatch.store.rows import (
    match_from_json,
    match_to_json,
    maybe_to_text,
    moment_from_text,
    moment_to_text,
    story_from_json,
    story_to_json,
)

OPEN_STORIES = "SELECT story FROM stories WHERE rule = ? AND latest >= ? ORDER BY latest, id"
STORIES_SINCE = "SELECT story FROM stories WHERE latest >= ? ORDER BY latest, id"
BORDER_STORIES = (
    "SELECT story FROM stories WHERE latest >= ? AND json_extract(story, '$.kind') NOT IN ('count', 'words')"
    " ORDER BY latest, id"
)
MATCHES_OF = "SELECT match, story, decision, reason, at FROM matches WHERE item = ? ORDER BY n"


class Judgement(Connection):
    """Queries on matches, stories, rules and notices."""

    def add_match(self, match: Match, *, story: str | None, decision: str, reason: str, at: datetime) -> None:
        """Keeps a match with what became of it, also where nobody is told: none is dropped without a row."""
        self._execute(
            "INSERT INTO matches (item, rule, story, decision, reason, at, match)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (match.item, match.rule, story, decision, reason, moment_to_text(at), match_to_json(match)),
        )

    def matches_of(self, item_id: str) -> tuple[MatchRecord, ...]:
        """Every match of an item, in the order in which they were judged."""
        return tuple(
            MatchRecord(match_from_json(match), story, decision, reason, moment_from_text(at))
            for match, story, decision, reason, at in self._execute(MATCHES_OF, (item_id,)).fetchall()
        )

    def open_stories(self, rule: str, since: datetime) -> tuple[Story, ...]:
        """The stories of a rule that something joined at or after `since`, oldest first."""
        rows = self._execute(OPEN_STORIES, (rule, moment_to_text(since))).fetchall()
        return tuple(story_from_json(row[0]) for row in rows)

    def stories_since(self, since: datetime) -> tuple[Story, ...]:
        """The stories of all rules that something joined at or after `since`, oldest first."""
        rows = self._execute(STORIES_SINCE, (moment_to_text(since),)).fetchall()
        return tuple(story_from_json(row[0]) for row in rows)

    def border_stories(self, since: datetime | None = None) -> tuple[Story, ...]:
        """The stories of events, of all rules, that something joined at or after `since`, oldest first."""
        rows = self._execute(BORDER_STORIES, (maybe_to_text(since) or "",)).fetchall()
        return tuple(story_from_json(row[0]) for row in rows)

    def story(self, id: str) -> Story | None:
        row = self._execute("SELECT story FROM stories WHERE id = ?", (id,)).fetchone()
        return None if row is None else story_from_json(row[0])

    def save_story(self, story: Story) -> None:
        """Keeps a story as it is now."""
        self._execute(
            "INSERT INTO stories (id, rule, latest, story) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
            " SET rule = excluded.rule, latest = excluded.latest, story = excluded.story",
            (story.id, story.rule, moment_to_text(story.latest), story_to_json(story)),
        )

    def join_story(self, story_id: str, item_id: str, at: datetime) -> None:
        """Notes that an item tells a story. To join twice is to join once."""
        self._execute(
            "INSERT INTO story_items (story, item, joined) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (story_id, item_id, moment_to_text(at)),
        )

    def items_of_story(self, id: str) -> tuple[str, ...]:
        """The ids of the items that tell a story, in the order in which they joined."""
        rows = self._execute("SELECT item FROM story_items WHERE story = ? ORDER BY joined, item", (id,))
        return tuple(row[0] for row in rows.fetchall())

    def know_rules(self, ids: Iterable[str], at: datetime) -> set[str]:
        """Notes which rules there are; gives those that were not known before."""
        moment = moment_to_text(at)
        return {
            id
            for id in dict.fromkeys(ids)
            if self._execute(
                "INSERT INTO rule_state (rule, first_seen) VALUES (?, ?) ON CONFLICT DO NOTHING", (id, moment)
            ).rowcount
        }

    def add_notice(self, at: datetime, source: str, text: str) -> None:
        """Keeps something that the operator should know."""
        self._execute(
            "INSERT INTO notices (at, source, text) VALUES (?, ?, ?)", (moment_to_text(at), source, text)
        )

    def notices(self, limit: int) -> tuple[Notice, ...]:
        """The last notices, newest first."""
        rows = self._execute("SELECT at, source, text FROM notices ORDER BY n DESC LIMIT ?", (limit,))
        return tuple(Notice(moment_from_text(at), source, text) for at, source, text in rows.fetchall())
