"""What the words around a hit do to its meaning: negation, mention (quoting, teaching, refuting), question.

Negation follows the idea of ConText (Harkema et al. 2009): a negator governs what comes after it up to a terminating
word; pseudo-negations look like negators and are none. The word lists are data (`rules/lexicons/context.yaml`).
Each check is a pure function from the scene and the hit to what it found, or None.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import regex

from coopcompliance.detect.match import Match, Scene
from coopcompliance.packs.syntax import LazyPattern, word_pattern

CONTEXT_LEXICONS = (
    "negators",
    "pseudo-negations",
    "negation-stops",
    "negations-after",
    "speech-fillers",
    "speech-bans",
    "enforcement",
    "refutation",
    "reporters",
    "exposures",
    "teaching",
    "quoted-denials",
    "lesson-marks",
    "selling-calls",
    "questioners",
    "question-marks",
    "answers-yes",
    "answers-no",
)
"""The lexicons that a set of packs must have."""

_NEGATION_REACH = 14
# 没, 未, 不能 and the like govern what follows closely; 不敢说, 谈不上 reach further.
_SHORT_NEGATOR = 2
_SHORT_NEGATOR_REACH = 6
_NEGATION_AFTER_REACH = 14
_MENTION_REACH = 60
_TITLE_REACH = 50
_DENIAL_REACH = 12
_LESSON_MARKS = 4
_ANSWER_REACH = 24
# 这我真答不上来, 那可不敢说: a few words come before the answer's own.
_ANSWER_LEAD = 4
_SPEAKER = regex.compile(r"[\s—\-”’\"'，。！？…]*(?:[^，。！？：\n]{1,6}：)?[\s“‘\"]*")
# An answer in a word or two ends there; 不是你的错 and 不能不服 go on.
_BARE_YES = regex.compile(r"[能会有是对行](?:[，。！啊呀哦]|$)")
_BARE_NO = regex.compile(
    r"(?:不是|没有|不能|不会|不行|不可以|不治|不知道|不清楚|不晓得|没|不)的?(?:[，。！；啊呀哦哈]|$)"
)
_OPENING, _CLOSING = "“‘《", "”’》"


@dataclass(frozen=True, slots=True)
class ContextWords:
    """The compiled lists of `rules/lexicons/context.yaml`."""

    negators: LazyPattern
    pseudo_negations: LazyPattern
    stops: LazyPattern
    negations_after: LazyPattern
    speech_fillers: LazyPattern
    speech_bans: LazyPattern
    enforcement: LazyPattern
    refutation: LazyPattern
    reporters: LazyPattern
    exposures: LazyPattern
    teaching: LazyPattern
    quoted_denials: LazyPattern
    lesson_marks: LazyPattern
    selling_calls: LazyPattern
    questioners: LazyPattern
    question_marks: LazyPattern
    answers_yes: LazyPattern
    answers_no: LazyPattern


def compile_context(words: Callable[[str], Iterable[str]]) -> ContextWords:
    """Compile the lists; `words(name)` gives a lexicon's terms in normal form."""

    def pattern(name: str) -> LazyPattern:
        compiled = word_pattern(words(name))
        if compiled is None:
            raise ValueError(f"the lexicon {name!r} is empty")
        return compiled

    return ContextWords(
        negators=pattern("negators"),
        pseudo_negations=pattern("pseudo-negations"),
        stops=pattern("negation-stops"),
        negations_after=pattern("negations-after"),
        speech_fillers=pattern("speech-fillers"),
        speech_bans=pattern("speech-bans"),
        enforcement=pattern("enforcement"),
        refutation=pattern("refutation"),
        reporters=pattern("reporters"),
        exposures=pattern("exposures"),
        teaching=pattern("teaching"),
        quoted_denials=pattern("quoted-denials"),
        lesson_marks=pattern("lesson-marks"),
        selling_calls=pattern("selling-calls"),
        questioners=pattern("questioners"),
        question_marks=pattern("question-marks"),
        answers_yes=pattern("answers-yes"),
        answers_no=pattern("answers-no"),
    )


def negation(words: ContextWords, scene: Scene, match: Match, extra: LazyPattern | None = None) -> str | None:
    """The negator that governs the hit, or None."""
    low, _ = scene.segments.around("clause", match.start, match.start + 1)
    low = max(low, match.start - _NEGATION_REACH)
    before = scene.norm[low : match.start]
    reach = min(len(scene.norm), match.start + 4)
    pseudo = [found.span() for found in words.pseudo_negations.finditer(scene.norm, low, reach)]
    for pattern in (words.negators, extra):
        if pattern is None:
            continue
        for found in reversed(list(pattern.finditer(before))):
            start, end = found.start() + low, found.end() + low
            if any(a < end and start < b for a, b in pseudo):
                continue
            if end - start == 1 and scene.words.splits(scene.norm, start):
                continue  # the 别 of 级别, the 没 of 沉没
            if end - start <= _SHORT_NEGATOR and match.start - end > _SHORT_NEGATOR_REACH:
                continue
            if not words.stops.search(scene.norm, end, match.start):
                return scene.norm[start : match.end]
    _, high = scene.segments.around("sentence", match.start, match.end)
    after = scene.norm[match.end : min(high, match.end + _NEGATION_AFTER_REACH)]
    later = words.negations_after.search(after)
    if later and not words.stops.search(after, 0, later.start()):
        return scene.norm[match.start : match.end + later.end()]
    return None


def mention(words: ContextWords, scene: Scene, match: Match) -> str | None:
    """What shows that the copy speaks about the wording itself: a ban, a penalty, a refutation, a lesson."""
    low, high = scene.segments.around("sentence", match.start, match.end)
    low, high = max(low, match.start - _MENTION_REACH), min(high, match.end + _MENTION_REACH)
    quoted = is_quoted(scene.norm, match.start, match.end)
    fillers = [filler.span() for filler in words.speech_fillers.finditer(scene.norm, low, high)]
    for cue in words.speech_bans.finditer(scene.norm, low, high):
        if any(start <= cue.start() and cue.end() <= end for start, end in fillers):
            continue
        if _outside(cue, match) and not _turned(words, scene, cue, match) and (quoted or _near(cue, match, 24)):
            return f"讲不许这样说：{cue.group()}"
    for name, pattern in (("讲处罚或案例", words.enforcement), ("辟谣或提醒", words.refutation)):
        for cue in pattern.finditer(scene.norm, low, high):
            if _outside(cue, match) and not _turned(words, scene, cue, match):
                return f"{name}：{cue.group()}"
    if words.reporters.search(scene.norm, low, match.start):
        # What others said may be exposed in a sentence of its own: 有人上门说能…。社里没请过，打110。
        _, reach = scene.segments.around("sentence", high, min(len(scene.norm), high + 1))
        exposed = words.exposures.search(scene.norm, match.end, reach)
        if exposed:
            return f"揭穿别人的说法：{exposed.group()}"
    start, end = scene.segments.around("paragraph", match.start, match.end)
    if quoted:
        lesson = words.teaching.search(scene.norm, start, end)
        if lesson and _outside(lesson, match):
            return f"引号内，讲规矩：{lesson.group()}"
        # The denial may follow as a sentence of its own: 你就写“…”。我没敢写。
        reach = min(len(scene.norm), high + _DENIAL_REACH)
        denials = words.quoted_denials.finditer(scene.norm, low, reach)
        denial = next((cue for cue in denials if _outside(cue, match)), None)
        if denial and not is_quoted(scene.norm, denial.start(), denial.end()):
            return f"引号内，被否认或劝止：{denial.group()}"
    if "lesson" not in scene.facts:
        scene.facts["lesson"] = is_lesson(words, scene.norm)
    lesson_mark = scene.facts["lesson"]
    if lesson_mark and (quoted or not words.selling_calls.search(scene.norm, low, high)):
        return f"整篇是培训或复盘：{lesson_mark}"
    heading = scene.norm[start : start + 14]
    label = words.teaching.search(heading)
    if label and "：" in heading[label.end() :] and start + label.end() <= match.start:
        return f"段首标明：{label.group()}"
    return None


def is_lesson(words: ContextWords, norm: str) -> str | None:
    """The mark in the title that shows the whole text to be a lesson or a review, not copy; None if it is none.

    The title alone could be bait, so further marks must stand in the text, and more of them than calls to buy.
    """
    title = words.lesson_marks.search(norm, 0, _TITLE_REACH)
    if title is None:
        return None
    marks = {cue.group() for cue in words.lesson_marks.finditer(norm)}
    calls = sum(1 for _ in words.selling_calls.finditer(norm))
    return title.group() if len(marks) >= _LESSON_MARKS and calls < len(marks) else None


def question(words: ContextWords, scene: Scene, match: Match) -> str | None:
    """Who asks, where the hit stands in a question that the copy reports and does not affirm, or answers with no."""
    low, high = scene.segments.around("clause", match.start, match.end)
    if not words.question_marks.search(scene.norm, low, high):
        return None
    _, end = scene.segments.around("sentence", match.start, match.end)
    # Without the mark itself or a heading's end, 呢 and 多少 may stand in any statement.
    if any(mark in scene.norm[low:end] for mark in "？\n") and any(
        _denies(words, scene.norm, at) for at in (high, end)
    ):
        return scene.norm[low : min(len(scene.norm), end + _ANSWER_REACH)]
    asked = words.questioners.search(scene.norm, max(0, low - 12), match.start)
    if asked is None or "。" in scene.norm[asked.end() : match.start]:
        return None
    # The question form must stand in the hit's own clause: what follows a pause is the answer.
    if not words.question_marks.search(scene.norm, max(low, asked.start()), high):
        return None
    if any(_answers(_BARE_YES, words.answers_yes, scene.norm, at) for at in (high, end)):
        return None
    return scene.norm[asked.start() : high]


def _denies(words: ContextWords, norm: str, at: int) -> bool:
    """Whether the answer that begins at `at` is a no.

    A hook goes on where an answer stops: 还在失眠吗？不是你的错 denies nothing.
    """
    return _answers(_BARE_NO, words.answers_no, norm, at)


def _answers(bare: regex.Pattern[str], phrases: LazyPattern, norm: str, at: int) -> bool:
    """Whether what follows a question, after dashes and the speaker's name, is a bare answer or begins with one."""
    opening = _SPEAKER.match(norm, at)
    begin = opening.end() if opening else at
    if bare.match(norm, begin):
        return True
    found = phrases.search(norm, begin, min(len(norm), begin + _ANSWER_REACH))
    return found is not None and found.start() - begin <= _ANSWER_LEAD


def is_quoted(norm: str, start: int, end: int) -> bool:
    """Whether [start, end) stands inside quotation marks of its line."""
    line = norm.rfind("\n", 0, start) + 1
    opened = max((norm.rfind(mark, line, start + 1) for mark in _OPENING), default=-1)
    closed = max((norm.rfind(mark, line, start) for mark in _CLOSING), default=-1)
    if opened > closed:
        stop = norm.find("\n", end)
        tail = norm[end - 1 : stop if stop >= 0 else len(norm)]
        return any(mark in tail for mark in _CLOSING)
    # Straight quotation marks: inside when an odd number stands before the hit on its line.
    return norm.count('"', line, start) % 2 == 1 and '"' in norm[end : end + 200]


def _outside(cue: regex.Match[str], match: Match) -> bool:
    return cue.end() <= match.start or cue.start() >= match.end


def _near(cue: regex.Match[str], match: Match, reach: int) -> bool:
    return -reach <= cue.start() - match.end <= reach or -reach <= match.start - cue.end() <= reach


def _turned(words: ContextWords, scene: Scene, cue: regex.Match[str], match: Match) -> bool:
    """Whether the copy turns away from the cue before it reaches the hit (广告法不让说，但我们就是最好)."""
    if cue.end() > match.start:
        return False
    return words.stops.search(scene.norm, cue.end(), match.start) is not None
