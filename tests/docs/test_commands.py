"""Every command that a document tells people to type works when they type it."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from docs.documents import DOCUMENTS, TOP, commands, files
from gatewatch.cli import COMMANDS
from gatewatch.store import Store, database_path

TARGETS = set(re.findall(r"^([a-z]+):", (TOP / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))

#: They work until stopped, or for long: their options are checked, they are not started.
LONG = (["gatewatch", "run"], ["gatewatch", "demo"])

#: They would fetch packages from the internet.
FETCHING = ("python3", "venv/bin/pip", "sudo")

EXPLAINED = [document for document in DOCUMENTS if commands(document)]


def run(command: str, directory: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GATEWATCH_")}
    environment["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    shell = ["sh", "-c", command]
    done = subprocess.run(
        shell, cwd=directory, env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, f"$ {command}\n{done.stdout}{done.stderr}"


@pytest.mark.parametrize("document", EXPLAINED, ids=lambda document: document.name)
def test_the_commands_of_a_document_run_in_their_order(document: Path, tmp_path: Path) -> None:
    here = tmp_path
    if document.name != "README.md":
        run("gatewatch init", here)  # the other documents speak to people who have done so,
        Store.open(database_path(here / "state")).close()  # and whose service has run
    for block in files(document):
        (here / block.file).write_text(block.text, encoding="utf-8")
    for command in commands(document):
        words = shlex.split(command, comments=True)
        if words[0] == "cd":
            here /= words[1]
        elif words[0] == "make":
            targets = words[1 : words.index(">") if ">" in words else None]
            assert {word for word in targets if not word.startswith("--")} <= TARGETS
        elif words[:2] in LONG:
            run(f"{command} --help", here)
        elif words[:2] == ["sudo", "gatewatch"]:
            run(f"{' '.join(words[1:])} --help", here)  # for the whole machine: only the words are checked
        elif words[0] not in FETCHING:
            run(command, here)


def test_the_readme_lists_every_command_and_no_other() -> None:
    readme = (TOP / "README.md").read_text(encoding="utf-8")
    table = readme[readme.index("## Commands") : readme.index("## Promises")]
    assert re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE) == list(COMMANDS)


def test_the_readme_names_the_two_commands_that_come_first() -> None:
    assert commands(TOP / "README.md")[:2] == ["make demo", "make test"]


@pytest.mark.parametrize("target", ["demo", "test", "setup", "lint", "bench", "floors", "picture", "clean"])
def test_the_makefile_has_its_targets(target: str) -> None:
    assert target in TARGETS


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_links_between_documents_lead_somewhere(document: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", document.read_text(encoding="utf-8"))
    assert [link for link in links if not (document.parent / link).exists()] == []
