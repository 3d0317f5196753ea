"""The network that is tuned: all-MiniLM-L6-v2, and a projection of its tokens' vectors.

From one pass come a vector for the text (the mean of its tokens') and one for each token, shorter.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch.nn import Linear, Module
from torch.nn.functional import cross_entropy, log_softmax, normalize, pad
from transformers import AutoModel, AutoTokenizer

from indexer.models import DIMENSION, checked_model_folder
from indexer.types import Span
from training.examples import Batch

TOKEN_DIMENSION = 64
LONGEST_TEXT = 200
LONGEST_QUESTION = 48
# Cosines are sharpened by these before the softmax; tokens' averaged ones lie closer together.
_SHARPNESS = 20.0
_TOKEN_SHARPNESS = 30.0
_BACK = 0.5
_SENTENCES = 0.5
_TOGETHER = 12


@dataclass(frozen=True, slots=True)
class Texts:
    """Texts through the network: vectors (n, 384), tokens (n, longest, 64), which are real.

    `sentences` (m, 384) are the means of each sentence's tokens as read in its text (late
    chunking), text after text; zero where a sentence lies beyond what is read.
    """

    vectors: torch.Tensor
    tokens: torch.Tensor
    real: torch.Tensor
    sentences: torch.Tensor


class Network(Module):
    """The encoder with the projection of its tokens."""

    def __init__(self) -> None:
        super().__init__()
        folder = str(checked_model_folder())
        self.tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        # Without dropout a step takes half the time; three passes learn nothing by heart.
        self.body = AutoModel.from_pretrained(
            folder,
            local_files_only=True,
            add_pooling_layer=False,
            attn_implementation="eager",
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
        )
        # The words' own vectors stay: they are half of the weights, and need not be shipped.
        self.body.embeddings.word_embeddings.weight.requires_grad_(False)
        self.head = Linear(DIMENSION, TOKEN_DIMENSION, bias=False)
        torch.nn.init.orthogonal_(self.head.weight)

    def forward(
        self,
        texts: Sequence[str],
        longest: int,
        sentences: Sequence[Sequence[Span]] | None = None,
    ) -> Texts:
        """All texts, a few of like length at a time, so that little is padding.

        `sentences` are where each text's sentences stand in it.
        """
        spans = sentences or [()] * len(texts)
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        few = [order[start : start + _TOGETHER] for start in range(0, len(order), _TOGETHER)]
        parts = [
            self._few([texts[at] for at in chosen], [spans[at] for at in chosen], longest)
            for chosen in few
        ]
        width = max(part.tokens.shape[1] for part in parts)
        back = torch.argsort(torch.tensor(order))
        return Texts(
            torch.cat([part.vectors for part in parts])[back],
            torch.cat([_wider(part.tokens, width) for part in parts])[back],
            torch.cat([_wider(part.real[..., None], width) for part in parts])[back].squeeze(-1),
            torch.cat([part.sentences for part in parts])[_places(order, spans)],
        )

    def _few(self, texts: list[str], spans: Sequence[Sequence[Span]], longest: int) -> Texts:
        given = self.tokenizer(
            texts,
            padding=True,
            truncation=True,
            max_length=longest,
            return_tensors="pt",
            return_offsets_mapping=True,
        )
        offsets = given.pop("offset_mapping")
        with torch.autocast("cpu", dtype=torch.bfloat16):
            hidden = self.body(**given).last_hidden_state
            tokens = self.head(hidden)
        real = given["attention_mask"].float()
        mean = (hidden.float() * real[..., None]).sum(1) / real.sum(1, keepdim=True)
        means = [
            _within(offset, span) @ read
            for offset, each, read in zip(offsets, spans, hidden.float(), strict=True)
            for span in each
        ]
        return Texts(
            normalize(mean, dim=-1),
            normalize(tokens.float(), dim=-1) * real[..., None],
            real,
            normalize(torch.stack(means), dim=-1) if means else torch.zeros(0, DIMENSION),
        )


def _within(offsets: torch.Tensor, span: Span) -> torch.Tensor:
    """1 for each token that lies in a span, else 0; `offsets` of shape (tokens, 2)."""
    starts, ends = offsets.T
    within: torch.Tensor = (starts >= span.start) & (ends <= span.end) & (ends > starts)
    return within.float()


def _places(order: Sequence[int], spans: Sequence[Sequence[Span]]) -> torch.Tensor:
    """Where the sentences of each text stand when texts are in `order`, text after text."""
    first, count = {}, 0
    for at in order:
        first[at] = count
        count += len(spans[at])
    places = [first[at] + number for at, each in enumerate(spans) for number in range(len(each))]
    return torch.tensor(places, dtype=torch.long)


def _wider(values: torch.Tensor, width: int) -> torch.Tensor:
    return pad(values, (0, 0, 0, width - values.shape[1]))


def late(questions: Texts, texts: Texts) -> torch.Tensor:
    """Late interaction of every question with every text, shape (questions, texts)."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        similar = torch.einsum("qad,tbd->qtab", questions.tokens, texts.tokens)
        similar = similar.masked_fill(texts.real[None, :, None, :] == 0, -1.0)
        nearest = similar.max(dim=-1).values
    real = questions.real[:, None, :]
    return (nearest.float() * real).sum(-1) / real.sum(-1)


def loss(network: Network, batch: Batch) -> torch.Tensor:
    """How badly a batch is told apart: by texts' vectors, late interaction and sentences' vectors.

    In-batch contrastive loss (van den Oord and others 2018); near misses are wrong questions.
    """
    asked = network([*batch.questions, *batch.near_misses], LONGEST_QUESTION)
    texts = network(batch.texts, LONGEST_TEXT, batch.sentences)
    owner = torch.tensor(batch.owner)
    by_text = _told_apart(asked.vectors @ texts.vectors.T, owner, _SHARPNESS)
    by_tokens = _told_apart(late(asked, texts), owner, _TOKEN_SHARPNESS)
    return by_text + by_tokens + _SENTENCES * _sentence_loss(asked, texts, batch)


def _sentence_loss(asked: Texts, texts: Texts, batch: Batch) -> torch.Tensor:
    """Each question should choose the sentence that answers it among all of the batch."""
    answers = torch.tensor(batch.answers)
    is_read = texts.sentences.abs().sum(dim=-1) > 0
    known = (answers >= 0) & is_read[answers]
    if not known.any():
        return torch.zeros(())
    scores = asked.vectors[: len(answers)][known] @ texts.sentences.T
    return cross_entropy(scores * _SHARPNESS, answers[known])


def _told_apart(scores: torch.Tensor, owner: torch.Tensor, sharpness: float) -> torch.Tensor:
    """Each question should choose its text, and each text its questions among all and misses."""
    count = len(owner)
    forward = cross_entropy(scores[:count] * sharpness, owner)
    own = torch.zeros_like(scores.T)
    own[owner, torch.arange(count)] = 1.0
    backward = -(log_softmax(scores.T * sharpness, dim=-1) * own).sum(-1) / own.sum(-1)
    return forward + _BACK * backward.mean()
