"""Load packs: files -> Catalog. Every problem of every file is found before anything is refused.

Order: YAML (syntax, equal keys) -> schema (pydantic) -> references between files (lexicons, sources, exemptions, ids).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from coopcompliance.detect.likeness import LikenessModel, read_model
from coopcompliance.errors import PackError, PackIssue
from coopcompliance.packs import yamlio
from coopcompliance.packs.catalog import Catalog, LoadedPack, StandardEntry
from coopcompliance.packs.link import Linker
from coopcompliance.packs.schema import LexiconFileSpec, LexiconSpec, PackSpec, PlanSpec

ENTRY_POINT = "coopcompliance.packs"
LIKENESS = "likeness.json"
DIMENSIONS = ("laws", "platforms", "standards")
_KINDS: dict[str, type[BaseModel]] = {"pack": PackSpec, "lexicons": LexiconFileSpec, "plan": PlanSpec}


def builtin_folder() -> Path:
    """The rules shipped with the library: inside the wheel, or at the root of a source checkout."""
    inside = Path(str(resources.files("coopcompliance"))) / "rules"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[3] / "rules"


def entry_point_folders() -> list[Path]:
    """Pack files or folders that installed packages offer; each entry point names a path or a function giving one.

    Raises:
        PackError: an entry point cannot be loaded.
    """
    folders = []
    for point in metadata.entry_points(group=ENTRY_POINT):
        try:
            offered = point.load()
            folders.append(Path(str(offered() if callable(offered) else offered)))
        except Exception as error:  # whatever another package's code may raise
            problem = f"the entry point {point.name!r} of the group {ENTRY_POINT} fails: {error!r}"
            raise PackError([PackIssue(Path(point.name), 0, problem, "a path, or a function giving one")]) from error
    return folders


def load(
    user_paths: Iterable[str | Path] = (),
    *,
    builtin: Path | None = None,
    entry_points: bool = True,
    thorough: bool = False,
    older: bool = False,
) -> Catalog:
    """The built-in packs, those of entry points, and the user's, in this order.

    The patterns of the shipped packs are compiled when they are first used; `thorough` compiles them all now, as it is
    always done for other packs. `older`: packs of another version, to be read and not to judge with; word lists that
    this version's checks need may be missing, and so may the likeness model.

    Raises:
        PackError: any file is unreadable or wrong; nothing was loaded.
    """
    folders = [builtin or builtin_folder()]
    if entry_points:
        folders += entry_point_folders()
    folders += [Path(path) for path in user_paths]
    return _Loader(None if thorough or builtin else builtin_folder(), older=older).load(folders)


def pack_files(path: Path) -> list[Path]:
    """The YAML files at `path`, sorted."""
    if path.is_dir():
        return sorted(file for pattern in ("*.yaml", "*.yml") for file in path.rglob(pattern))
    return [path]


class _Loader:
    def __init__(self, trusted: Path | None, *, older: bool) -> None:
        self.trusted = trusted
        self.older = older
        self.issues: list[PackIssue] = []
        self.packs: list[tuple[LoadedPack, yamlio.Located]] = []
        self.lexicons: dict[str, tuple[LexiconSpec, yamlio.Located]] = {}
        self.plan: PlanSpec | None = None
        self.standards: dict[str, StandardEntry] = {}
        self.likeness: LikenessModel | None = None
        self.lexicon_hash = hashlib.sha256()
        self.words_lost = False
        """Whether a file of word lists could not be read: every pack that uses them would be reported for it."""

    def load(self, folders: list[Path]) -> Catalog:
        for folder in folders:
            if not folder.exists():
                self.issues.append(PackIssue(folder, 0, "no such file or folder", "a pack file or a folder of packs"))
                continue
            weighed = (folder / LIKENESS).is_file()
            for file in pack_files(folder):
                self._read(file, weighed=weighed)
            for file in sorted(folder.rglob("catalogue.tsv")) if folder.is_dir() else []:
                self._read_standards(file)
            if weighed:
                self._read_likeness(folder / LIKENESS)
        digest = "sha256:" + self.lexicon_hash.hexdigest()
        if self.words_lost:
            raise PackError(self.issues)
        linker = Linker(
            self.packs,
            self.lexicons,
            self.plan,
            self.standards,
            digest,
            self.likeness,
            trusted=self.trusted,
            older=self.older,
        )
        catalog = linker.link()
        issues = self.issues + linker.issues
        if issues or catalog is None:
            raise PackError(issues)
        return catalog

    # -- reading ------------------------------------------------------------------------------------------------

    def _read(self, file: Path, *, weighed: bool) -> None:
        try:
            raw = file.read_bytes()
            text = raw.decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.issues.append(PackIssue(file, 0, f"cannot be read: {error}", "a UTF-8 YAML file"))
            return
        located, issues = yamlio.load(file, text)
        self.issues += issues
        if located is None:
            self.words_lost |= "lexicons:" in text
            return
        if not isinstance(located.data, dict):
            self.issues.append(located.issue((), "not a mapping", f"one of the keys {', '.join(_KINDS)}"))
            return
        kind = next((key for key in _KINDS if key in located.data), None)
        if kind is None:
            expected = "`pack:` (rules), `lexicons:` (word lists) or `plan:` (response plan)"
            self.issues.append(located.issue((), "the file does not say what it is", expected))
            return
        if ("version",) in located.unquoted:
            expected = f'version: "{located.data["version"]}"'
            self.issues.append(located.issue(("version",), "the version stands without quotation marks", expected))
        spec = self._parse(_KINDS[kind], located)
        if spec is None:
            self.words_lost |= kind == "lexicons"
            return
        if isinstance(spec, PackSpec):
            dimension = file.parent.name if file.parent.name in DIMENSIONS else "user"
            pack = LoadedPack(spec, file, "sha256:" + hashlib.sha256(raw).hexdigest(), dimension, weighed)
            self.packs.append((pack, located))
        elif isinstance(spec, LexiconFileSpec):
            self.lexicon_hash.update(raw)
            self._add_lexicons(spec, located)
        elif isinstance(spec, PlanSpec):
            self.lexicon_hash.update(raw)
            self.plan = spec

    def _parse(self, kind: type[BaseModel], located: yamlio.Located) -> BaseModel | None:
        try:
            return kind.model_validate(located.data)
        except ValidationError as error:
            for problem in error.errors():
                path = _data_path(located.data, problem["loc"])
                message = str(problem["msg"]).removeprefix("Value error, ")
                if problem["type"] == "extra_forbidden":
                    path = (*path, problem["loc"][-1])
                    message = f"unknown key {problem['loc'][-1]!r}"
                elif problem["type"] == "missing":
                    message = f"the key {problem['loc'][-1]!r} is missing"
                where = ".".join(str(part) for part in path)
                expected = f"see docs/rule-language.md; found {_short(problem.get('input'))}"
                self.issues.append(located.issue(path, f"{where}: {message}", expected))
            return None

    def _add_lexicons(self, spec: LexiconFileSpec, located: yamlio.Located) -> None:
        for name, words in spec.words.items():
            if name in self.lexicons:
                other = self.lexicons[name][1]
                path: yamlio.LocPath = ("words", name)
                self.issues.append(
                    located.issue(path, f"the lexicon {name!r} is also in {other.file}", "one name once")
                )
            else:
                self.lexicons[name] = (words, located)

    def _read_likeness(self, file: Path) -> None:
        if self.likeness is not None:
            expected = "one likeness model in all, beside the rules that it was fitted to"
            self.issues.append(PackIssue(file, 0, "a second likeness model", expected))
            return
        try:
            raw = file.read_bytes()
            self.likeness = read_model(raw.decode("utf-8"))
        except (OSError, ValueError) as error:
            if not self.older:
                expected = "what benchmarks/fit_likeness.py writes"
                self.issues.append(PackIssue(file, 0, f"cannot be read: {error}", expected))
            return
        self.lexicon_hash.update(raw)

    def _read_standards(self, file: Path) -> None:
        try:
            raw = file.read_bytes()
            rows = raw.decode("utf-8").replace("\r\n", "\n").split("\n")
        except (OSError, UnicodeDecodeError) as error:
            self.issues.append(PackIssue(file, 0, f"cannot be read: {error}", "a UTF-8 table"))
            return
        # Whatever can change a verdict must change a digest.
        self.lexicon_hash.update(raw)
        columns = rows[0].split("\t")
        for number, row in enumerate(rows[1:], start=2):
            if not row.strip():
                continue
            cells = dict(zip(columns, row.split("\t"), strict=False))
            try:
                entry = StandardEntry(
                    number=cells["number"],
                    title=cells["title"],
                    status=cells["status"],
                    superseded_by=cells.get("superseded_by", ""),
                    since=_date(cells.get("since", "")),
                    until=_date(cells.get("until", "")),
                    product=cells.get("product", ""),
                    verified=cells.get("verified", "") == "true",
                )
            except (KeyError, ValueError) as error:
                columns_wanted = "number, title, status, superseded_by, since, until, product, verified"
                self.issues.append(PackIssue(file, number, f"bad row: {error}", columns_wanted))
                continue
            self.standards[entry.number] = entry


def _data_path(data: Any, loc: tuple[int | str, ...]) -> yamlio.LocPath:
    """`loc` of a pydantic error without the parts that name a union member and no place in the file."""
    path: list[int | str] = []
    here = data
    for part in loc:
        inside: Any = None
        if isinstance(here, dict):
            inside = here.get(part)
        elif isinstance(here, list) and isinstance(part, int) and part < len(here):
            inside = here[part]
        if inside is not None:
            here = inside
            path.append(part)
    return tuple(path)


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text.strip() else None
