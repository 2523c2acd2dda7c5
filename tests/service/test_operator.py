"""What the operator hears: a source that breaks and recovers, each once, on the operator's own channel."""

from __future__ import annotations

from .installation import Installation, wait_until
from .newsstand import Newsstand


def titles(installation: Installation) -> list[str]:
    return [message["title"] for message in installation.messages()]


def test_breaking_and_recovery_reach_the_operators_channel_once_each(
    installation: Installation, newsstand: Newsstand
) -> None:
    newsstand.answer("a", 500, b"oops")
    installation.configure({"a": newsstand.url("a"), "b": newsstand.url("b")})
    config = installation.path / "config.toml"
    config.write_text('operator = "file"\n' + config.read_text())
    with installation.running() as daemon:
        wait_until(lambda: any("broken" in title for title in titles(installation)))
        newsstand.repair("a")
        wait_until(lambda: any("recovered" in title for title in titles(installation)))
        assert daemon.stop() == 0
    broken, recovered = titles(installation)
    assert broken.startswith("[medium] source a – broken: 3 polls in a row failed, the last because of: the server")
    assert recovered.startswith("[info] source a – recovered: ")


def test_without_an_operator_channel_troubles_are_only_kept(installation: Installation, newsstand: Newsstand) -> None:
    newsstand.answer("a", 500, b"oops")
    installation.configure({"a": newsstand.url("a")})
    with installation.running() as daemon:
        daemon.wait_for("event=notice source=a")
        assert daemon.stop() == 0
    assert installation.messages() == []
    assert "broken: 3 polls in a row failed" in installation.call("status").stdout
