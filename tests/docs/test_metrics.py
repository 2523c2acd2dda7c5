"""docs/metrics.md, the alerts and the dashboard name the metrics that there are."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families

from docs.documents import TOP, blocks
from docs.expressions import labels_in, metrics_in
from gatewatch.model import DeliveryState
from service.metering import metered
from store.samples import NOW, a_match, claimed, queue

#: Prometheus adds these to whatever it scrapes.
SCRAPED = {"job", "instance"}
PROMTOOL = shutil.which("promtool")

Told = Mapping[str, tuple[str, frozenset[str]]]


@pytest.fixture(scope="module")
def text(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A scrape of a service in which everything has happened once."""
    with metered(tmp_path_factory.mktemp("metered")) as (meter, store):
        meter.ages = {"writer": 1.0}
        queue(store, "a1")
        store.settle(claimed(store).id, DeliveryState.DELIVERED, NOW)
        with store.transaction():
            store.add_match(a_match(), story=None, decision="new", reason="", at=NOW)
        return meter.text()


@pytest.fixture(scope="module")
def real(text: str) -> Told:
    """Type and labels of each metric by the name that stands in the docs, and of each series of a histogram."""
    found: dict[str, tuple[str, frozenset[str]]] = {}
    for family in text_string_to_metric_families(text):
        labels = {label for sample in family.samples for label in sample.labels}
        name = f"{family.name}_total" if family.type == "counter" else family.name
        found[name] = (family.type, frozenset(labels - {"le"}))
    return found


@pytest.fixture(scope="module")
def series(text: str) -> Mapping[str, set[str]]:
    """The labels of each name that a query can use."""
    found: dict[str, set[str]] = defaultdict(set)
    for family in text_string_to_metric_families(text):
        for sample in family.samples:
            found[sample.name] |= sample.labels.keys()
    return found


def documented() -> Told:
    page = (TOP / "docs/metrics.md").read_text()
    rows = re.findall(r"^\| `(\w+)` \| (counter|gauge|histogram) \| ([^|]*)\|", page, re.MULTILINE)
    assert len(rows) == len({name for name, _, _ in rows}), "a metric is told twice"
    return {name: (type, frozenset(re.findall(r"`(\w+)`", labels))) for name, type, labels in rows}


def test_the_docs_tell_every_metric_with_its_type_and_labels_and_no_other(real: Told) -> None:
    assert documented() == real


def test_names_follow_the_rules_of_prometheus(text: str) -> None:
    """What `promtool check metrics` asks for, so that it is asked where there is no promtool, too."""
    for family in text_string_to_metric_families(text):
        assert re.fullmatch(r"(gatewatch|process)_[a-z]+(_[a-z]+)*", family.name), family.name
        assert family.documentation, f"{family.name} has no help"
        unit = re.search(r"_(milliseconds|minutes|hours|days|kilobytes|megabytes|percent|ms|kb|mb)(_|$)", family.name)
        assert unit is None, f"{family.name} is not in a base unit"
        assert not re.search(r"_(counter|gauge|histogram|metric)(_|$)", family.name), family.name
        assert not family.name.endswith(("_count", "_sum", "_bucket")), family.name
        if family.type != "counter":
            assert not family.name.endswith("_total"), family.name
        for sample in family.samples:
            if family.type == "counter":
                assert sample.name == f"{family.name}_total"
            assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", label) for label in sample.labels)
    if PROMTOOL:
        linted = subprocess.run([PROMTOOL, "check", "metrics"], input=text, capture_output=True, text=True, check=False)
        assert (linted.returncode, linted.stdout + linted.stderr) == (0, "")


def test_every_expression_of_the_alerts_names_what_exists(series: Mapping[str, set[str]]) -> None:
    path = TOP / "docs/prometheus-rules.yml"
    (group,) = yaml.safe_load(path.read_text())["groups"]
    assert len(group["rules"]) == 5
    for rule in group["rules"]:
        assert set(rule) == {"alert", "expr", "for", "labels", "annotations"}, rule["alert"]
        assert_known(rule["expr"], series)
        known = SCRAPED.union(*(series.get(name, set()) for name in metrics_in(rule["expr"])))
        assert set(re.findall(r"\$labels\.(\w+)", str(rule["annotations"]))) <= known, rule["alert"]
    if PROMTOOL:
        subprocess.run([PROMTOOL, "check", "rules", path], capture_output=True, check=True)


def test_the_scrape_config_asks_the_port_that_is_shown_beside_it(tmp_path: Path) -> None:
    (block,) = [each for each in blocks("yaml") if each.document.name == "metrics.md"]
    (job,) = yaml.safe_load(block.text)["scrape_configs"]
    assert job["static_configs"] == [{"targets": ["127.0.0.1:9188"]}]
    if PROMTOOL:
        (tmp_path / "prometheus.yml").write_text(block.text)
        subprocess.run([PROMTOOL, "check", "config", tmp_path / "prometheus.yml"], capture_output=True, check=True)


@pytest.fixture(scope="module")
def dashboard() -> Any:
    return json.loads((TOP / "docs/grafana.json").read_text())


def test_the_dashboard_can_be_imported_beside_any_prometheus(dashboard: Any) -> None:
    assert dashboard["uid"] == "gatewatch"
    assert "id" not in dashboard  # that of some installation
    variables = {each["name"]: each["type"] for each in dashboard["templating"]["list"]}
    assert variables == {"datasource": "datasource", "instance": "query"}
    for panel in dashboard["panels"]:
        assert {panel["datasource"]["uid"], *(target["datasource"]["uid"] for target in panel["targets"])} == {
            "${datasource}"
        }


def test_every_panel_of_the_dashboard_shows_what_exists(dashboard: Any, series: Mapping[str, set[str]]) -> None:
    assert len({panel["id"] for panel in dashboard["panels"]}) == len(dashboard["panels"])
    for panel in dashboard["panels"]:
        for target in panel["targets"]:
            assert_known(target["expr"], series)
            legend = set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))
            assert legend <= set().union(*(series[name] for name in metrics_in(target["expr"]))), panel["title"]


def test_no_two_panels_lie_on_each_other(dashboard: Any) -> None:
    squares = [
        (x, y)
        for panel in dashboard["panels"]
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]
    assert len(squares) == len(set(squares))
    assert max(x for x, _ in squares) == 23


def assert_known(expression: str, series: Mapping[str, set[str]]) -> None:
    names = metrics_in(expression)
    assert names
    assert names <= {*series, "up"}, expression
    assert labels_in(expression) <= SCRAPED.union(*(series.get(name, set()) for name in names)), expression


def test_a_metric_or_a_label_that_does_not_exist_is_noticed(series: Mapping[str, set[str]]) -> None:
    for wrong in ("gatewatch_wel == 0", "sum by (chanel) (gatewatch_outbox_pending)", 'gatewatch_well{rule="x"}'):
        with pytest.raises(AssertionError):
            assert_known(wrong, series)
