"""SQLite: schema, migrations, the few queries. Keeps and finds; decides nothing.

One `Store` object a thread; several on one file work together.
"""

from __future__ import annotations

from gatewatch.store.acks import Ack as Ack
from gatewatch.store.acks import Acks
from gatewatch.store.auditing import Auditing
from gatewatch.store.auditing import OutboxFacts as OutboxFacts
from gatewatch.store.backing_up import back_up as back_up
from gatewatch.store.checking import Checking
from gatewatch.store.checking import Finding as Finding
from gatewatch.store.connection import database_path as database_path
from gatewatch.store.copies import Copies
from gatewatch.store.counts import Counts
from gatewatch.store.errors import DamagedDatabase as DamagedDatabase
from gatewatch.store.errors import DatabaseInUse as DatabaseInUse
from gatewatch.store.errors import ForeignDatabase as ForeignDatabase
from gatewatch.store.errors import NewerSchema as NewerSchema
from gatewatch.store.errors import NoDatabase as NoDatabase
from gatewatch.store.errors import OlderSchema as OlderSchema
from gatewatch.store.errors import StoreError as StoreError
from gatewatch.store.errors import UnusableDatabase as UnusableDatabase
from gatewatch.store.holding import Holding
from gatewatch.store.intake import Intake
from gatewatch.store.judgement import Judgement
from gatewatch.store.measuring import Backlog as Backlog
from gatewatch.store.measuring import Measuring
from gatewatch.store.measuring import Written as Written
from gatewatch.store.mending import Mending
from gatewatch.store.putting_back import put_in_place as put_in_place
from gatewatch.store.putting_back import staged as staged
from gatewatch.store.records import Given as Given
from gatewatch.store.records import MatchRecord as MatchRecord
from gatewatch.store.records import Notice as Notice
from gatewatch.store.records import OutboxLine as OutboxLine
from gatewatch.store.records import Receipt as Receipt
from gatewatch.store.resending import Resending
from gatewatch.store.retention import Forgetting
from gatewatch.store.retention import Pruned as Pruned
from gatewatch.store.returning import Returning
from gatewatch.store.safe_files import give_to_owner_of as give_to_owner_of
from gatewatch.store.silences import Silences
from gatewatch.store.soundness import Contents as Contents
from gatewatch.store.space import Size as Size
from gatewatch.store.taking_back import TakingBack
from gatewatch.store.troubles import ChannelHistory as ChannelHistory
from gatewatch.store.troubles import DeadLetter as DeadLetter
from gatewatch.store.troubles import Troubles
from gatewatch.store.upkeep import Upkeep


class Store(
    Intake,
    Judgement,
    Holding,
    TakingBack,
    Silences,
    Acks,
    Resending,
    Returning,
    Mending,
    Copies,
    Counts,
    Upkeep,
    Troubles,
    Auditing,
    Checking,
    Measuring,
    Forgetting,
):
    """Everything that Gatewatch remembers."""
