"""Folding lines to a width in terminal cells, as Chinese is set.

rich breaks at spaces: a Chinese passage is one word to it, and is torn away from the words around it. Here a line may
break between any two characters, save inside a Latin word or number, before a closing mark or after an opening one.
"""

from __future__ import annotations

from rich.cells import get_character_cell_size
from rich.text import Text

_NO_START = frozenset("，。、；：！？）》】」』”’％%…·,.;:!?)]}⟧")
_NO_END = frozenset("（《【「『“‘([{⟦")
_REACH = 16
"""So many characters a break may move back; a longer unbreakable run is cut where the line is full."""


def fold(line: Text, width: int) -> Text:
    """`line` with line ends put in, so that no line is wider than `width` cells (at least 2)."""
    plain = line.plain
    cuts: list[int] = []
    begin = used = 0
    for index, char in enumerate(plain):
        if char == "\n":
            begin, used = index + 1, 0
            continue
        cells = get_character_cell_size(char)
        # What moves to the next line may fill that with the new character too: break again, then where it is full.
        while used and used + cells > max(width, 2):
            cut = _break(plain, begin, index)
            cuts.append(cut)
            begin = cut
            used = sum(map(get_character_cell_size, plain[cut:index]))
        used += cells
    return Text("\n").join(line.divide(cuts)) if cuts else line


def _break(plain: str, begin: int, full: int) -> int:
    """The last good place for a break in (begin, full]; `full` when there is none near."""
    for cut in range(full, max(begin, full - _REACH), -1):
        before, after = plain[cut - 1], plain[cut]
        if not (_in_word(before) and _in_word(after)) and after not in _NO_START and before not in _NO_END:
            return cut
    return full


def _in_word(char: str) -> bool:
    return char.isascii() and (char.isalnum() or char in "-_/.")
