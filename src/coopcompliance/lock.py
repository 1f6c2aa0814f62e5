"""Lock: the versions and digests of the packs that a project checks with, so that a run can be repeated.

`packs lock` writes the file, `check --lock FILE` (or `lock` in the configuration) refuses to run with other packs. The
file is JSON, sorted, one pack a line, so that an update of the packs can be read in the project's own history.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from coopcompliance import linefile
from coopcompliance.errors import UsageError
from coopcompliance.model import Model, PackRef

FORMAT = 1


class PackLock(Model):
    """What was locked. The lexicons, the catalogue of standards and the plan enter as the pack `lexicons`."""

    format: int = FORMAT
    packs: tuple[PackRef, ...]


def lock_of(packs: Iterable[PackRef]) -> PackLock:
    return PackLock(packs=tuple(sorted(packs, key=lambda pack: pack.id)))


def differences(lock: PackLock, packs: Iterable[PackRef]) -> list[str]:
    """In words, how the loaded packs differ from the locked ones; empty where they are the same."""
    locked = {pack.id: pack for pack in lock.packs}
    loaded = {pack.id: pack for pack in packs}
    found = []
    for name in sorted(locked.keys() | loaded.keys()):
        old, new = locked.get(name), loaded.get(name)
        if new is None:
            found.append(f"{name}：锁定了，没有加载")
        elif old is None:
            found.append(f"{name}：加载了 {new.version}，没有锁定")
        elif old.version != new.version:
            found.append(f"{name}：锁定 {old.version}，加载的是 {new.version}")
        elif old.digest != new.digest:
            found.append(f"{name}：版本同为 {old.version}，内容不同")
    return found


def require(lock: PackLock, packs: Iterable[PackRef], file: Path) -> None:
    """Nothing where the loaded packs are the locked ones.

    Raises:
        UsageError: they are not; every difference, and what to do.
    """
    found = differences(lock, packs)
    if found:
        rows = "".join(f"\n  {row}" for row in found)
        raise UsageError(
            f"{file}：加载的规则包与锁定的不同，没有检查：{rows}\n"
            "请装回锁定的版本；要改用现在的，先用 packs diff 看变化，再用 packs lock 重新锁定"
        )


def read(path: Path) -> PackLock:
    """Read a lock file.

    Raises:
        UsageError: unreadable, not JSON, or no lock file; the message says which.
    """
    return linefile.read(path, PackLock, FORMAT, title="锁定文件", made_by="packs lock")


def written(lock: PackLock) -> str:
    """The text of the lock file."""
    return linefile.written(FORMAT, "packs", lock.packs)


__all__ = ["PackLock", "differences", "lock_of", "read", "require", "written"]
