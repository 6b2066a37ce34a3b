"""The packaged model as a network whose scales, offsets and norms can be trained. Needs PyTorch, which nothing else
does.

The four-bit weights stay: what is learned fits into an adapter of some hundred kilobytes, and what is trained is what
the engine runs, rounding of the weights included.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from core.embedding.model_file import Layout, Numbers, Tensor

_FIXED = ("emb.word", "emb.pos", "emb.type")
_PADDING = 1


class Network:
    """Sentence vectors of length 1, as the engine makes them."""

    def __init__(self, image: Any, layout: Layout) -> None:
        self._layout = layout
        self._words = layout.tensors["emb.word"].view(image).reshape(layout.words, -1)
        self._places = torch.tensor(layout.tensors["emb.pos"].view(image).reshape(-1, layout.width).copy())
        self._type = torch.tensor(layout.tensors["emb.type"].view(image)[: layout.width].copy())
        own = {name: tensor for name, tensor in layout.tensors.items() if name not in _FIXED}
        self._packed = {name: _integers(tensor, image) for name, tensor in own.items() if tensor.is_packed}
        self._start = {name: torch.tensor(_numbers(tensor, image)) for name, tensor in own.items()}
        self.trained = {name: start.clone().requires_grad_() for name, start in self._start.items()}

    def changes(self) -> dict[str, Numbers]:
        """As an adapter keeps them: relative for scales, added for the rest."""
        learned = {name: (now.detach() - self._start[name]).numpy() for name, now in self.trained.items()}
        return {
            name: change / self._start[name].numpy() if name in self._packed else change
            for name, change in learned.items()
        }

    def go_on(self, changes: Mapping[str, Numbers]) -> None:
        """Start from what was learned before, as an adapter keeps it."""
        with torch.no_grad():
            for name, change in changes.items():
                step = torch.tensor(change).reshape(self._start[name].shape)
                self.trained[name] += self._start[name] * step if name in self._packed else step

    def groups(self, rate: float, relative_rate: float) -> list[dict[str, Any]]:
        """Learning rates: scales differ in size from tensor to tensor, so theirs is relative."""
        plain = [value for name, value in self.trained.items() if name not in self._packed]
        scales = [(self.trained[name], float(self._start[name].abs().mean())) for name in self._packed]
        return [
            {"params": plain, "lr": rate},
            *({"params": [value], "lr": relative_rate * size} for value, size in scales),
        ]

    def __call__(self, texts: Sequence[Sequence[int]]) -> Any:
        """One row a text; `texts` are tokens."""
        tokens = np.full((len(texts), max(map(len, texts))), _PADDING)
        for row, text in enumerate(texts):
            tokens[row, : len(text)] = text
        there = torch.tensor([[at < len(text) for at in range(tokens.shape[1])] for text in texts])
        state = self._norm(self._embed(tokens) + self._places[: tokens.shape[1]] + self._type, "emb.ln")
        for layer in range(self._layout.layers):
            state = self._layer(state, there, f"l{layer}")
        kept = there[..., None].float()
        return functional.normalize((state * kept).sum(1) / kept.sum(1), dim=-1)

    def _embed(self, tokens: Numbers) -> Any:
        blocks = self._words[tokens]
        weights = _split(blocks["nibbles"]) * blocks["scale"].astype(np.float32)[..., None]
        return torch.tensor(weights.reshape(*tokens.shape, -1))

    def _layer(self, state: Any, there: Any, name: str) -> Any:
        rows, length, width = state.shape
        shape = (rows, length, self._layout.heads, -1)
        query, key, value = (self._linear(state, f"{name}.{part}").view(shape).transpose(1, 2) for part in "qkv")
        seen = functional.scaled_dot_product_attention(query, key, value, attn_mask=there[:, None, None, :])
        seen = self._linear(seen.transpose(1, 2).reshape(rows, length, width), f"{name}.ao")
        state = self._norm(state + seen, f"{name}.aln")
        inner = self._linear(functional.gelu(self._linear(state, f"{name}.fi")), f"{name}.fo")
        return self._norm(state + inner, f"{name}.oln")

    def _linear(self, state: Any, name: str) -> Any:
        weights = self._packed[f"{name}.w"] * self.trained[f"{name}.w"][:, None]
        return functional.linear(state, weights.view(-1, state.shape[-1]), self.trained[f"{name}.b"])

    def _norm(self, state: Any, name: str) -> Any:
        width = (self._layout.width,)
        return functional.layer_norm(
            state, width, self.trained[f"{name}.w"], self.trained[f"{name}.b"], self._layout.epsilon
        )


def _split(nibbles: Numbers) -> Numbers:
    """Low halves first, then high ones, as numbers from -8 to 7."""
    return np.concatenate([nibbles & 15, nibbles >> 4], axis=-1).astype(np.float32) - 8.0


def _integers(tensor: Tensor, image: Any) -> Any:
    return torch.tensor(_split(tensor.view(image)["nibbles"]))


def _numbers(tensor: Tensor, image: Any) -> Numbers:
    view = tensor.view(image)
    return (view["scale"] if tensor.is_packed else view).astype(np.float32)
