"""What the floors of tests/reading/labelled would be today, a little under the figures of each file and of all.

`make --silent floors > tests/reading/labelled/floors.toml` sets them anew.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from gatewatch.cli.floors import floors_under
from gatewatch.cli.labels import labelled
from gatewatch.cli.score import by_reading
from gatewatch.reading import Reader
from gatewatch.reading.scoring import Score, figures, score
from gatewatch.settings import learned, load_words, shipped_rules

LABELLED = Path(__file__).parent.parent / "tests" / "reading" / "labelled"


def main() -> None:
    reader = Reader(*load_words(shipped_rules()), learned())
    scores = {path.stem: by_reading(labelled(str(path)), reader) for path in sorted(LABELLED.glob("*.jsonl"))}
    print("# Written by `make floors`: the least that the texts of each file have to score.")
    for name, measured in {"all": together(scores.values()), **scores}.items():
        print(f"\n[{name}]", *floors_under(figures(measured)), sep="\n")


def together(scores: Iterable[Score]) -> Score:
    """The score of all texts, whichever file they stand in."""
    return score(text for each in scores for text in each.texts)


if __name__ == "__main__":
    main()
