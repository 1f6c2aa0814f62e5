"""A progress bar on standard error, where that is a terminal and there is more than one thing to wait for."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

from coopcompliance.cli.output import is_terminal

Item = TypeVar("Item")


def track(items: Iterable[Item], total: int | None) -> Iterator[Item]:
    """`items`, with a bar that goes away when they end. `total`: how many there will be, None where nobody knows."""
    if total in (0, 1) or not is_terminal(sys.stderr):
        yield from items
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("检查"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    # rich would take standard output over too, and put the results between the bars. Diagnostics go above the bar.
    bar = Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False)
    with bar as progress:
        yield from progress.track(items, total=total)
