"""Fitting a calibration on labelled questions; done when the search changes, not while customers ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rag.calibrate import Calibration, Evidence

_RIDGE: Final = 1.0
_STEPS: Final = 25
_EVEN_ODDS: Final = 0.5

Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sample:
    """The best hit of one question, and whether the knowledge has the answer. Invented samples weigh less than 1."""

    evidence: Evidence
    is_answerable: bool
    weight: float = 1.0


def fit(samples: Sequence[Sample]) -> Calibration:
    """Logistic regression with a ridge; what is more likely than not is enough."""
    languages = sorted({sample.evidence.language for sample in samples})
    rows = np.asarray([_features(sample.evidence, languages) for sample in samples], dtype=np.float64)
    labels = np.asarray([sample.is_answerable for sample in samples], dtype=np.float64)
    weights = np.asarray([sample.weight for sample in samples], dtype=np.float64)
    middle, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-9)
    standard = np.column_stack([np.ones(len(rows)), (rows - middle) / spread])
    found = _regress(standard, labels, weights)
    slopes = found[1:] / spread
    worth, lead, domain, unknown, here, elsewhere, nowhere, *offsets = (round(float(slope), 2) for slope in slopes)
    return Calibration(
        bias=round(float(found[0] - slopes @ middle), 2),
        worth=worth,
        lead=lead,
        domain=domain,
        unknown=unknown,
        here=here,
        elsewhere=elsewhere,
        nowhere=nowhere,
        cutoff=_EVEN_ODDS,
        languages=dict(zip(languages, offsets, strict=True)),
    )


def _features(evidence: Evidence, languages: Sequence[str]) -> tuple[float, ...]:
    own = (float(evidence.language == language) for language in languages)
    seen = (evidence.worth, evidence.lead, evidence.domain, evidence.unknown)
    return (*seen, evidence.here, evidence.elsewhere, evidence.nowhere, *own)


def _regress(rows: Numbers, labels: Numbers, weights: Numbers) -> Numbers:
    """Newton's method; the first column is the bias and is not held back."""
    found: Numbers = np.zeros(rows.shape[1])
    ridge = np.diag([0.0, *[_RIDGE] * (rows.shape[1] - 1)])
    for _ in range(_STEPS):
        chances = 1.0 / (1.0 + np.exp(-np.clip(rows @ found, -30, 30)))
        slope = rows.T @ (weights * (labels - chances)) - ridge @ found
        curve = (rows * (weights * chances * (1 - chances))[:, None]).T @ rows + ridge
        found = found + np.linalg.solve(curve + 1e-9 * np.eye(len(curve)), slope)
    return found
