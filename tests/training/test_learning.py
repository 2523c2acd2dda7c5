"""`make weights` learns from labelled texts what the reading takes, here from a few of them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from gatewatch.reading.weights import Weights

TOP = Path(__file__).parents[2]


@pytest.mark.slow
def test_weights_learned_from_a_few_texts_are_taken_by_the_reading(tmp_path: Path) -> None:
    for folder, name in (("tests/reading/labelled", "press-en"), ("training/texts", "wire-en")):
        there = tmp_path / Path(folder).name
        there.mkdir()
        (there / f"{name}.jsonl").write_text((TOP / folder / f"{name}.jsonl").read_text(encoding="utf-8"), "utf-8")
    out = tmp_path / "learned.bin"
    learn = [sys.executable, TOP / "training" / "train.py", out, tmp_path / "labelled", tmp_path / "texts"]
    done = subprocess.run(learn, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    assert "with weights   all" in done.stdout
    assert Weights(out.read_bytes()).events.weigh(["encloses"]) > 0
