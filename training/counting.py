"""From the numbers of labelled texts to weights: does a number count people who come, as news?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy
from examples import Text
from fitting import FOLDS, STRENGTH
from matrix import Names, columns_of, matrix_of
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from gatewatch.reading.counting import Figure
from gatewatch.reading.number_traits import named, traits_of

SELDOM = 4
"""Traits that fewer numbers have are not learned."""


@dataclass(frozen=True)
class Number:
    """A number of a text, and whether a label counts by it."""

    text: int
    figure: Figure
    traits: Sequence[Sequence[str]]
    counts: bool

    @property
    def is_read(self) -> bool:
        """Whether the rules count by it, as news."""
        return self.figure.count is not None and not self.figure.count.background


def numbers_of(texts: Sequence[Text]) -> list[Number]:
    """Every number of every text that could count people."""
    found: list[Number] = []
    for at, text in enumerate(texts):
        for figure in text.told.figures:
            traits = named(traits_of(figure.number, figure.clause, figure.count, text.told.setting), text.language)
            found.append(Number(at, figure, traits, _is_labelled(figure, text)))
    return found


def _is_labelled(figure: Figure, text: Text) -> bool:
    value = figure.number.value
    return any(not c.background and c.value <= value <= (c.value_max or c.value) for c in text.counted)


def learned(numbers: Sequence[Number]) -> tuple[Names, numpy.ndarray, list[float]]:
    """The columns of the traits, their weights, and where the odds start."""
    names = columns_of([number.traits for number in numbers], SELDOM)
    matrix = matrix_of([number.traits for number in numbers], names)
    model = _fit(matrix.rows, numbers)
    return names, model.coef_ * matrix.loud, model.intercept_.tolist()


def chances_by_others(numbers: Sequence[Number]) -> numpy.ndarray:
    """The chance of each number, by weights that were learned without its text."""
    names = columns_of([number.traits for number in numbers], SELDOM)
    matrix = matrix_of([number.traits for number in numbers], names).rows
    chances = numpy.zeros(len(numbers))
    for fold in range(FOLDS):
        held = [row for row, number in enumerate(numbers) if number.text % FOLDS == fold]
        left = [row for row, number in enumerate(numbers) if number.text % FOLDS != fold]
        chances[held] = _fit(matrix[left], [numbers[row] for row in left]).predict_proba(matrix[held])[:, 1]
    return chances


def _fit(matrix: csr_matrix, numbers: Sequence[Number]) -> LogisticRegression:
    model = LogisticRegression(C=STRENGTH, solver="liblinear", tol=0.01, max_iter=100)
    return model.fit(matrix, [number.counts for number in numbers])
