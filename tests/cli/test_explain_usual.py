"""`gatewatch explain` knows what was usual at the time of a text, as the service does."""

from __future__ import annotations

from pathlib import Path

from .knowing import Knowing, figure

TIMES = """
[[rule]]
id = "unusual"
says = "Many times the usual"
severity = "high"
count = { times = 3, per = "day" }
"""


def test_explain_goes_by_the_days_before_the_text(tmp_path: Path) -> None:
    knowing = Knowing(tmp_path)
    knowing.figures(*(figure(30, day) for day in range(6, 12)))
    rules = tmp_path / "asked"
    rules.mkdir()
    (rules / "unusual.toml").write_text(TIMES, encoding="utf-8")
    text = "93 asylum seekers arrived in Finland today"
    at, before = ("--date", "2023-11-16"), ("--date", "2023-11-08")
    (told,) = knowing.told("explain", text, "--rules", str(rules), "--country", "FI", *at)
    assert told["rules"] == [{"rule": "unusual", "fires": True}]
    (told,) = knowing.told("explain", text, "--rules", str(rules), "--country", "FI", *before)
    assert told["rules"][0]["why"] == "count: no usual level is known yet: 2 of 5 days"
