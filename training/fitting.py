"""From questions to weights, and from candidates to trees. Uses scikit-learn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy
from examples import Question, Text
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from gatewatch.reading.candidates import Candidate, candidates
from gatewatch.reading.table import UNHEARD
from gatewatch.reading.weights import KINDS

SELDOM = 6
"""Traits that fewer questions have are not learned: some 94,000 are left, 1 MB."""
STRENGTH = 10.0
"""How far weights may go (the inverse of the regularisation)."""
FOLDS = 4

Judged = tuple[Text, Sequence[Candidate]]
"""A text with all that it may tell."""

def _fit(matrix: csr_matrix, asked: Sequence[Question], kind: int, rows: Sequence[int]) -> LogisticRegression:
    """One kind's weights. What a text tells in another sentence too is neither right nor wrong here."""
    clear = [row for row in rows if kind not in asked[row].doubtful]
    told = numpy.array([kind in asked[row].tells for row in clear])
    model = LogisticRegression(C=STRENGTH, solver="liblinear", tol=0.01, max_iter=100)
    return model.fit(matrix[clear], told)


def weights_of(
    matrix: csr_matrix, asked: Sequence[Question], rows: Sequence[int]
) -> tuple[numpy.ndarray, numpy.ndarray]:
    """A row of weights for each kind, and where each kind starts."""
    models = Parallel(n_jobs=2)(delayed(_fit)(matrix, asked, kind, rows) for kind in range(len(KINDS)))
    return numpy.vstack([model.coef_[0] for model in models]), numpy.array([model.intercept_[0] for model in models])


def scores_by_others(matrix: csr_matrix, asked: Sequence[Question]) -> numpy.ndarray:
    """The scores of all questions, each by weights that were learned without its text."""
    scores = numpy.zeros((len(asked), len(KINDS)))
    for fold in range(FOLDS):
        held = [row for row, question in enumerate(asked) if question.text % FOLDS == fold]
        left = [row for row, question in enumerate(asked) if question.text % FOLDS != fold]
        weights, starts = weights_of(matrix, asked, left)
        scores[held] = matrix[held] @ weights.T + starts
    return scores.clip(-UNHEARD, UNHEARD)


def candidates_of(
    texts: Sequence[Text], asked: Sequence[Question], scores: numpy.ndarray
) -> list[Judged]:
    """The candidates of those texts that count for the trees, by the scores of their questions."""
    wanted = {at for at, text in enumerate(texts) if text.counts}
    by_text: dict[int, dict[str, list[Sequence[float]]]] = {at: {} for at in wanted}
    for question, row in zip(asked, scores, strict=True):
        if question.text in wanted:
            by_text[question.text].setdefault(question.country, []).append(row.tolist())
    return [(texts[at], candidates(texts[at].told, by_text[at])) for at in sorted(wanted)]


def trees_of(judged: Sequence[Judged]) -> HistGradientBoostingClassifier:
    """What tells a right candidate from a wrong one."""
    values = numpy.array([each.values for _, found in judged for each in found])
    right = numpy.array([(each.country, each.type) in text.news for text, found in judged for each in found])
    counts = numpy.array([text.counts for text, found in judged for _ in found])
    model = HistGradientBoostingClassifier(
        max_iter=150, learning_rate=0.08, max_leaf_nodes=16, min_samples_leaf=40, l2_regularization=1.0, random_state=1
    )
    return model.fit(values, right, sample_weight=counts)


def by_others(judged: Sequence[Judged]) -> list[list[float]]:
    """The chance of each candidate, by trees that were grown without its text."""
    chances: list[list[float]] = [[] for _ in judged]
    for fold in range(FOLDS):
        model = trees_of([each for at, each in enumerate(judged) if at % FOLDS != fold])
        for at, (_, found) in enumerate(judged):
            if at % FOLDS == fold and found:
                chances[at] = model.predict_proba(numpy.array([each.values for each in found]))[:, 1].tolist()
    return chances
