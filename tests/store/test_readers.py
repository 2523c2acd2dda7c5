from __future__ import annotations

import threading
from pathlib import Path

from gatewatch.store import Store

from .samples import NOW, an_alert, an_item


def test_readers_never_wait_for_a_writer_at_work(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    Store.open(path).close()
    stop = threading.Event()
    written: list[int] = []

    def hammer() -> None:
        with Store.open(path, durable=False) as store:
            number = 0
            while not stop.is_set():
                number += 1
                with store.transaction():
                    store.add_items([an_item(f"i{number}")], seeded=False, at=NOW)
                    store.queue_alert(an_alert(f"a{number}"), ["desk"], NOW)
            written.append(number)

    writer = threading.Thread(target=hammer)
    writer.start()
    try:
        seen = 0
        for _ in range(200):
            with Store.open(path, read_only=True) as store:
                alerts = [int(alert.id.removeprefix("a")) for alert in store.alerts(3)]
                items = [int(item.id.removeprefix("i")) for item in store.recent_items(3)]
                # each moment of the writer is whole, and none is taken back
                assert alerts == sorted(alerts, reverse=True)
                assert seen <= max(alerts, default=0) <= max(items, default=0)
                seen = max(items, default=0)
    finally:
        stop.set()
        writer.join()
    assert written[0] > 200
