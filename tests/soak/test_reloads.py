"""Reload after reload, half of them broken, while news flow: nothing lost, nothing twice, nothing half taken over.

A short form runs with the other tests; `make soak` reloads two hundred times (SOAK_RELOADS).
"""

from __future__ import annotations

import itertools
import os
import signal
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from service.installation import Installation, Running, wait_until
from service.newsstand import Newsstand, open_newsstand

RELOADS = int(os.environ.get("SOAK_RELOADS", "10"))

#: Seconds between two items.
BETWEEN = 0.1

SPOILING = {
    "rule file that is no TOML": lambda config, rule: (config, rule + "x = \n"),
    "rule whose test fails": lambda config, rule: (config, rule.replace("Here is", "There was").replace("flow0", "ebb")),
    "config with an unknown key": lambda config, rule: ("colour = 1\n" + config, rule),
    "channel without a secret": lambda config, rule: (
        config.replace('type = "file"\npath = "told.jsonl"', 'type = "slack"\nsecret = "x"'),
        rule,
    ),
    "route to no channel": lambda config, rule: (config.replace('to = "', 'to = "no'), rule),
}


def written(generation: int, url: str) -> tuple[str, str]:
    """config.toml and a rule. Only the rule and the route of the same generation bring an alert to anybody."""
    name = f"gen-{generation}"
    config = (
        f'state = "state"\n[[source]]\nid = "a"\nurl = "{url}"\nevery = "1s"\n'
        '[[channel]]\nname = "file"\ntype = "file"\npath = "told.jsonl"\ncap = 0\n'
        f'[[route]]\nrule = "{name}"\nto = "file"\n'
    )
    rule = (
        f'[[rule]]\nid = "{name}"\nsays = "{name}"\nseverity = "high"\nany = ["flow*"]\n'
        '  [[rule.test]]\n  title = "Here is flow0"\n  fires = true\n'
    )
    return config, rule


def write(place: Path, config: str, rule: str) -> None:
    (place / "config.toml").write_text(config)
    (place / "rules").mkdir(exist_ok=True)
    (place / "rules" / "flow.toml").write_text(rule)


@contextmanager
def news(stand: Newsstand) -> Iterator[list[str]]:
    """Publishes one item after the other while the block runs; gives their words."""
    words: list[str] = []
    stop = threading.Event()

    def publish() -> None:
        for number in itertools.count():
            if stop.wait(BETWEEN):
                return
            words.append(f"flow{number}x")
            stand.publish("a", f"Here is {words[-1]} of today")

    thread = threading.Thread(target=publish)
    thread.start()
    try:
        yield words
    finally:
        stop.set()
        thread.join()


def reload(daemon: Running, outcome: str) -> None:
    del daemon.lines[:]
    daemon.signal(signal.SIGHUP)
    daemon.wait_for(f"event={outcome}", 60)


def told(installation: Installation) -> Counter[str]:
    titles = [message["title"] for message in installation.messages()]
    return Counter(word for title in titles for word in title.split() if word.startswith("flow"))


def rules_that_told(installation: Installation) -> set[str]:
    return {message["rule"] for message in installation.messages()}


def test_reloads_cost_nothing_that_flows(tmp_path: Path) -> None:
    installation = Installation(tmp_path)
    spoilers = itertools.cycle(SPOILING.items())
    with open_newsstand(window=100_000) as stand:
        write(tmp_path, *written(0, stand.url("a")))
        with installation.running() as daemon:
            wait_until(lambda: stand.requests["a"] > 1)
            with news(stand) as words:
                for number in range(1, RELOADS // 2 + 1):
                    name, spoil = next(spoilers)
                    write(tmp_path, *spoil(*written(number, stand.url("a"))))
                    reload(daemon, "reload_refused")
                    write(tmp_path, *written(number, stand.url("a")))
                    reload(daemon, "reloaded")
                    assert f"gen-{number}" in daemon.wait_for("event=reloaded"), f"after a {name}"
                    polls = stand.requests["a"]
                    wait_until(lambda polls=polls: stand.requests["a"] > polls + 1)  # type: ignore[misc]
            wait_until(lambda: len(told(installation)) == len(words), 60)
            daemon.stop()
    times = told(installation)
    assert [word for word in words if times[word] != 1] == []
    assert {f"gen-{number}" for number in range(1, RELOADS // 2)} <= rules_that_told(installation)
