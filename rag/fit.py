"""Fitting a calibration on labelled questions; done when the search changes, not while customers ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from rag.calibrate import Calibration, Evidence

EVIDENCE: Final = ("worth", "lead", "near", "unknown", "here", "elsewhere", "nowhere")

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


def fit(samples: Sequence[Sample], of: Sequence[str] = EVIDENCE, *, by_language: bool = True) -> Calibration:
    """Logistic regression with a ridge; what is more likely than not is enough. `of`: what evidence may weigh."""
    languages = sorted({sample.evidence.language for sample in samples}) if by_language else []
    rows = np.asarray([_features(sample.evidence, of, languages) for sample in samples], dtype=np.float64)
    labels = np.asarray([sample.is_answerable for sample in samples], dtype=np.float64)
    weights = np.asarray([sample.weight for sample in samples], dtype=np.float64)
    middle, spread = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-9)
    standard = np.column_stack([np.ones(len(rows)), (rows - middle) / spread])
    found = _regress(standard, labels, weights)
    slopes = found[1:] / spread
    rounded = [round(float(slope), 2) for slope in slopes]
    weighed = {**dict.fromkeys(EVIDENCE, 0.0), **dict(zip(of, rounded, strict=False))}
    return Calibration(
        bias=round(float(found[0] - slopes @ middle), 2),
        worth=weighed["worth"],
        lead=weighed["lead"],
        near=weighed["near"],
        unknown=weighed["unknown"],
        here=weighed["here"],
        elsewhere=weighed["elsewhere"],
        nowhere=weighed["nowhere"],
        cutoff=_EVEN_ODDS,
        languages=dict(zip(languages, rounded[len(of) :], strict=True)),
    )


def _features(evidence: Evidence, of: Sequence[str], languages: Sequence[str]) -> tuple[float, ...]:
    own = (float(evidence.language == language) for language in languages)
    return (*(getattr(evidence, name) for name in of), *own)


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
