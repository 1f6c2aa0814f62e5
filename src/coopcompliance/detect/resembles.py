"""The detector kind `resembles`: sentences worded like labelled offences of one kind."""

from __future__ import annotations

from collections.abc import Iterator

from coopcompliance.detect.detectors import Detector, Groups
from coopcompliance.detect.match import Match, Scene


class Resembles(Detector):
    """Sentences whose likeness to the offences of `label` is `above` a bound. It needs no literal: it weighs all."""

    __slots__ = ("above", "label")

    def __init__(self, label: str, above: float) -> None:
        super().__init__((), needed=0)
        self.label = label
        self.above = above

    def find(self, scene: Scene, hits: Groups) -> Iterator[Match]:
        assert scene.likeness is not None  # packs with such a rule and no model are refused
        for sentence in scene.likeness.doubts:
            if sentence.label == self.label and sentence.probability > self.above:
                how = f"措辞与标注过的违规例句相近（{sentence.probability:.0%}）：{' '.join(sentence.why)}"
                yield Match(*sentence.span, how, around=(sentence.start, sentence.end))
