"""What must hold between the rows of a database at every commit, whatever killed the process that wrote it."""

from __future__ import annotations

from dataclasses import dataclass

RESTORE = "`gatewatch restore FILE` puts a backup back"
RESEND = "`gatewatch alerts resend ID` sends it to a channel that you name"
START = "`gatewatch run` takes it up when it is started"


@dataclass(frozen=True, slots=True)
class Invariant:
    """`broken` selects the key of each row of `table` that breaks it. `:stale` and `:recent` are moments.

    `:stale`: leases that ended before have been forgotten. `:recent`: records from then on are not deleted by age.
    """

    table: str
    what: str
    broken: str
    hint: str = RESTORE


# Texts are deleted by age; their keys in `seen` never are. An item that is in neither was never there.
_NEVER_THERE = "NOT IN (SELECT id FROM items UNION ALL SELECT item FROM seen)"
_STORIES_TOLD = "SELECT coalesce(json_extract(alert, '$.story'), '') FROM alerts WHERE json_valid(alert)"

INVARIANTS = (
    Invariant(
        "items",
        "was taken in and is not known as seen",
        """SELECT id FROM items WHERE NOT EXISTS (
            SELECT 1 FROM seen WHERE seen.source = items.source AND seen.key = items.key)""",
    ),
    Invariant(
        "items",
        "was taken in from a source that has no state",
        "SELECT id FROM items WHERE NOT EXISTS (SELECT 1 FROM sources WHERE sources.id = items.source)",
    ),
    Invariant("counts", "is of an item that was never there", f"SELECT n FROM counts WHERE item {_NEVER_THERE}"),
    Invariant(
        "copies", "is of an item that was never there", f"SELECT fingerprint FROM copies WHERE item {_NEVER_THERE}"
    ),
    Invariant("matches", "is of an item that was never there", f"SELECT n FROM matches WHERE item {_NEVER_THERE}"),
    Invariant("matches", "has no decision", "SELECT n FROM matches WHERE decision = ''"),
    Invariant(
        "matches",
        "belongs to no story, and not to a draft",
        """SELECT n FROM matches WHERE decision <> 'draft'
            AND NOT EXISTS (SELECT 1 FROM stories WHERE stories.id = matches.story)""",
    ),
    Invariant(
        "matches",
        "is of an item that its story does not hold",
        """SELECT n FROM matches WHERE story IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM story_items WHERE story_items.story = matches.story AND story_items.item = matches.item)""",
    ),
    Invariant(
        "matches",
        "opened a story that nobody was told of",
        f"SELECT n FROM matches WHERE decision = 'new' AND story NOT IN ({_STORIES_TOLD})",
    ),
    Invariant(
        "story_items",
        "holds an item that was never there",
        f"SELECT story || ' ' || item FROM story_items WHERE item {_NEVER_THERE}",
    ),
    Invariant(
        "deliveries",
        "waits for the acknowledgement of an alert that is not there",
        """SELECT id FROM deliveries WHERE unless IS NOT NULL
            AND NOT EXISTS (SELECT 1 FROM alerts WHERE alerts.id = deliveries.unless)""",
    ),
    Invariant(
        "deliveries",
        "went out in a digest that is not there",
        """SELECT id FROM deliveries WHERE state = 'joined' AND reason LIKE 'in digest %'
            AND NOT EXISTS (SELECT 1 FROM alerts WHERE alerts.id = substr(reason, 11))""",
        RESEND,
    ),
    Invariant(
        "deliveries",
        "is settled without a receipt that says how",
        """SELECT id FROM deliveries WHERE state IN ('delivered', 'failed', 'unknown') AND settled > :recent
            AND NOT EXISTS (
                SELECT 1 FROM attempts
                WHERE attempts.delivery = deliveries.id AND attempts.result = deliveries.state)""",
        RESEND,
    ),
    Invariant(
        "deliveries",
        "was claimed and never settled",
        "SELECT id FROM deliveries WHERE state = 'sending' AND coalesce(lease_until, '') < :stale",
        START,
    ),
    Invariant(
        "deliveries",
        "is over and under way at once",
        """SELECT id FROM deliveries
            WHERE (settled IS NULL) <> (state IN ('pending', 'sending', 'held'))""",
    ),
)
