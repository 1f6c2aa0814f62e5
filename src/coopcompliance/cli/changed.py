"""`--changed-since REV`: of the inputs, those that git knows as changed or new since a revision."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from coopcompliance.cli.inputs import Inputs
from coopcompliance.errors import UsageError


def changed_only(inputs: Inputs, revision: str) -> Inputs:
    """The inputs whose files differ from `revision` in the working tree, or are not yet in git (and not ignored).

    Raises:
        UsageError: no git, no repository here, no such revision, or standard input among the inputs.
    """
    if None in inputs.paths:
        raise UsageError("--changed-since 只能用于文件，不能用于标准输入（-）")
    if revision.startswith("-") or not revision:
        raise UsageError(f"--changed-since {revision!r}：不是 git 里的版本（no revision）")
    changed = changed_files(Path(), revision)
    paths = tuple(path for path in inputs.paths if path is not None and path.resolve() in changed)
    return Inputs(paths, single=False)


def changed_files(folder: Path, revision: str) -> frozenset[Path]:
    """Absolute paths of what changed since `revision` in the repository that holds `folder`; deleted files are not in.

    Raises:
        UsageError: see `changed_only`.
    """
    try:
        root = Path(os.fsdecode(_git(folder, "rev-parse", "--show-toplevel").removesuffix(b"\n")))
    except _GitError as error:
        raise UsageError(
            f"{folder.resolve()}：不在 git 仓库里，--changed-since 用不了（no repository）：{error}"
        ) from error
    try:
        differing = _git(root, "diff", "--name-only", "--no-ext-diff", "--diff-filter=d", "-z", revision, "--")
    except _GitError as error:
        raise UsageError(f"--changed-since {revision}：git 不认识这个版本（unknown revision）：{error}") from error
    untracked = _git(root, "ls-files", "--others", "--exclude-standard", "-z")
    names = (*differing.split(b"\0"), *untracked.split(b"\0"))
    return frozenset((root / os.fsdecode(name)).resolve() for name in names if name)


class _GitError(Exception):
    """What git said on standard error."""


def _git(folder: Path, *argv: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(folder), *argv], capture_output=True, check=False)
    except FileNotFoundError as error:
        raise UsageError("--changed-since 要用到 git，这台机器上没有（git is not installed）") from error
    if done.returncode:
        raise _GitError(done.stderr.decode("utf-8", "replace").strip().split("\n")[0])
    return done.stdout
