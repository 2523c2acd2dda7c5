"""config.toml and rules/ → one immutable `Settings`, or every problem at once."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

from gatewatch.model import Channel, Disk, Gazetteer, Heartbeat, QuietHours, Retention, Route, Rule, Source, Vocabulary
from gatewatch.settings.config_file import (
    ConfigFile,
    channels_in,
    contradictions,
    sources_in,
)
from gatewatch.settings.known import Known
from gatewatch.settings.names import names_in, repeated
from gatewatch.settings.positions import Loc
from gatewatch.settings.problems import InvalidSettings, Problem
from gatewatch.settings.quiet_table import quiet_in
from gatewatch.settings.route_table import routes_in
from gatewatch.settings.routing import unrouted
from gatewatch.settings.rule_files import read_rules
from gatewatch.settings.secrets import find_secret, places
from gatewatch.settings.toml_file import Finding, TomlFile, read_toml, toml_of
from gatewatch.settings.wording import validate
from gatewatch.settings.words import read_words


@dataclass(frozen=True, slots=True)
class Settings:
    """All that the user decides. Paths are absolute; those in config.toml are meant from its directory.

    `timezone` (IANA) is that of quiet hours, digests and times told to people. `every` is how often a
    source is polled that doesn't say. `contact` and `user_agent` (None: Gatewatch's own) go with requests.
    `operator` are the channels that hear of troubles with sources, whatever the routes say. `health_port` is where
    this machine can ask how Gatewatch is, beside its socket.
    """

    config: Path
    state_dir: Path
    rules_dir: Path
    timezone: str
    language: str
    contact: str | None
    user_agent: str | None
    every: timedelta
    operator: tuple[str, ...]
    retention: Retention
    sources: tuple[Source, ...]
    channels: tuple[Channel, ...]
    routes: tuple[Route, ...]
    quiet: tuple[QuietHours, ...]
    rules: tuple[Rule, ...]
    vocabularies: tuple[Vocabulary, ...]
    gazetteer: Gazetteer
    heartbeat: Heartbeat | None = None
    templates: Path | None = None
    disk: Disk = field(default_factory=Disk)
    health_port: int | None = None


def load(config: Path, *, rules_dir: Path | None = None, text: str | None = None) -> Settings:
    """The settings that begin at the file `config`. Raises InvalidSettings with all problems of all files.

    `rules_dir` stands in for the directory that the file names, `text` for what the file says.
    """
    file = read_toml(config) if text is None else toml_of(config, text)
    rules_dir = rules_dir or rules_dir_of(file)
    words = read_words(rules_dir)
    known = replace(words.known, sources=None if file.broken else names_in(file, "source", "id"))
    rules = read_rules(rules_dir, known)
    written, problems = _read(file, replace(known, rules=rules.ids))
    problems += [*words.problems, *rules.problems, *unrouted(file, rules.files)]
    if problems or written is None:
        raise InvalidSettings(_in_order(problems, config))
    here = config.absolute().parent
    vocabularies, gazetteer = words.words
    return Settings(
        config=config.absolute(),
        state_dir=here / written.state,
        rules_dir=rules_dir.absolute(),
        timezone=written.timezone,
        language=written.language,
        contact=written.contact,
        user_agent=written.user_agent,
        every=written.every,
        operator=written.operator,
        retention=Retention(**written.retention.model_dump()),
        sources=sources_in(written),
        channels=channels_in(written, here),
        routes=routes_in(written.route),
        quiet=quiet_in(written.quiet),
        rules=rules.rules,
        vocabularies=vocabularies,
        gazetteer=gazetteer,
        templates=here / written.templates if written.templates else None,
        heartbeat=Heartbeat(**written.heartbeat.model_dump()) if written.heartbeat else None,
        disk=Disk(**written.disk.model_dump()),
        health_port=written.health.port,
    )


def missing_secrets(settings: Settings, environment: Mapping[str, str] = os.environ) -> tuple[Problem, ...]:
    """The secrets that the settings name and this machine does not have, or keeps where others may read them."""
    return tuple(_missing_secrets(settings, environment))


def _missing_secrets(settings: Settings, environment: Mapping[str, str]) -> Iterator[Problem]:
    file = read_toml(settings.config)
    named: list[tuple[Loc, str | None]] = [
        (("channel", number, "secret"), channel.secret) for number, channel in enumerate(settings.channels)
    ]
    if settings.heartbeat is not None:
        named.append((("heartbeat", "secret"), settings.heartbeat.secret))
    for loc, secret in named:
        if secret is None:
            continue
        try:
            found = find_secret(secret, settings.config.parent, environment)
        except InvalidSettings as error:
            yield from error.problems
            continue
        if found is None:
            what = f"the secret `{secret}` is nowhere on this machine"
            hint = places(secret, settings.config.parent, environment)
            yield file.problem(Finding(loc, what, hint))


def _read(file: TomlFile, known: Known) -> tuple[ConfigFile | None, list[Problem]]:
    if file.broken:
        return None, [file.broken]
    known = replace(known, channels=names_in(file, "channel", "name"))
    written, findings = validate(ConfigFile, file, known)
    problems = [file.problem(finding) for finding in (*findings, *contradictions(file))]
    problems += [*repeated([file], "source", "id"), *repeated([file], "channel", "name")]
    return written, problems


def rules_dir_of(file: TomlFile) -> Path:
    """Where the rules of a config.toml lie: as its user would write it, so that problems name paths as users do."""
    named = file.data.get("rules")
    usable = isinstance(named, str) and named.isprintable() and not named.startswith("~")
    return file.path.parent / (named if usable and named else "rules")


def _in_order(problems: Iterable[Problem], config: Path) -> list[Problem]:
    """config.toml first, then file after file, each from its top."""
    return sorted(problems, key=lambda problem: (problem.path != config, problem))
