"""The errors of this library: each names what was wrong and where.

Every error is a `CasualtyExtractError`. Its `kind` comes from a closed list, so that a program can
act on it, and its message is one line that a person can act on.
"""

from __future__ import annotations

from typing import Any, ClassVar

__all__ = [
    "AnchorError",
    "ArgumentError",
    "ArticleError",
    "CasualtyExtractError",
    "GazetteerError",
    "InputError",
    "LexiconError",
    "MissingPackageError",
    "OutputError",
    "PlotError",
    "SchemaError",
    "WorkerError",
]


class CasualtyExtractError(Exception):
    """The base of all errors that this library raises on purpose.

    >>> issubclass(ArgumentError, CasualtyExtractError)
    True

    Attributes:
        kind: a short word from a closed list ("anchor", "argument", "article", "gazetteer", "input", "lexicon",
            "missing", "output", "plot", "schema", "worker").
    """

    kind: ClassVar[str] = "error"

    def __reduce__(self) -> tuple[Any, ...]:
        # Errors cross process borders; the default pickling calls __init__ with the message alone.
        return _rebuild, (type(self), self.args, self.__dict__)


def _rebuild(
    cls: type[CasualtyExtractError], args: tuple[Any, ...], state: dict[str, Any]
) -> CasualtyExtractError:
    error = cls.__new__(cls)
    error.args = args
    error.__dict__.update(state)
    return error


class ArgumentError(CasualtyExtractError, ValueError):
    """An argument or option has a value that cannot be used.

    >>> str(ArgumentError("date_order", "MYD", "one of DMY, MDY, YMD"))
    "date_order: 'MYD' cannot be used, expected one of DMY, MDY, YMD"

    Args:
        name: the argument's name.
        value: what was given.
        expected: what would have been right, in words.
    """

    kind = "argument"

    def __init__(self, name: str, value: object, expected: str) -> None:
        shown = repr(value)
        if len(shown) > 80:
            shown = f"{shown[:77]}..."
        super().__init__(f"{name}: {shown} cannot be used, expected {expected}")
        self.name = name
        self.expected = expected


class InputError(CasualtyExtractError):
    """A file, or a row of it, cannot be read as an article.

    >>> str(InputError("no value for 'text'", file="news.jsonl", row=3))
    "news.jsonl, row 3: no value for 'text'"

    Args:
        problem: what is wrong.
        file: the file's name as the caller gave it, "-" for standard input.
        row: the line, counted from 1, where there is one.
    """

    kind = "input"

    def __init__(self, problem: str, *, file: str, row: int | None = None) -> None:
        where = file if row is None else f"{file}, row {row}"
        super().__init__(f"{where}: {problem}")
        self.problem = problem
        self.file = file
        self.row = row


class GazetteerError(InputError):
    """A file of place names that the user named, or a row of it, cannot be used.

    >>> str(GazetteerError("no column 'name' in the first line", file="places.csv"))
    "places.csv: no column 'name' in the first line"

    Args:
        problem: what is wrong.
        file: the file's name as the caller gave it.
        row: the line, counted from 1, where there is one.
    """

    kind = "gazetteer"


class ArticleError(CasualtyExtractError):
    """A stage failed on an article.

    >>> str(ArticleError("ZeroDivisionError: division by zero", article="a1", stage="times"))
    "article 'a1', stage times: ZeroDivisionError: division by zero"

    Args:
        problem: what went wrong.
        article: the article's id.
        stage: the stage that failed.
    """

    kind = "article"

    def __init__(self, problem: str, *, article: str, stage: str) -> None:
        super().__init__(f"article {article!r}, stage {stage}: {problem}")
        self.problem = problem
        self.article = article
        self.stage = stage


class AnchorError(CasualtyExtractError):
    """A passage that a review points to cannot be found in the text, or not just once.

    >>> str(AnchorError("'12' stands there 3 times", document="a1"))
    "document 'a1': '12' stands there 3 times"

    Args:
        problem: what is wrong.
        document: the document's id.
    """

    kind = "anchor"

    def __init__(self, problem: str, *, document: str) -> None:
        super().__init__(f"document {document!r}: {problem}")
        self.problem = problem
        self.document = document


class LexiconError(CasualtyExtractError):
    """A lexicon file or one of its rows does not follow its schema.

    >>> str(LexiconError("unknown field 'lable'", file="harms.toml", row="verbs.kill"))
    "harms.toml, row verbs.kill: unknown field 'lable'"

    Args:
        problem: what is wrong.
        file: the lexicon file.
        row: the row's table and key.
    """

    kind = "lexicon"

    def __init__(self, problem: str, *, file: str, row: str | None = None) -> None:
        where = file if row is None else f"{file}, row {row}"
        super().__init__(f"{where}: {problem}")
        self.problem = problem
        self.file = file
        self.row = row


class MissingPackageError(CasualtyExtractError, ImportError):
    """A package that an optional part of this library needs is not installed.

    >>> str(MissingPackageError("datasketch", extra="link", purpose="to find copies"))
    "datasketch is needed to find copies: pip install '.[link]' where casualty-extract lies"

    Args:
        package: the package.
        extra: the extra of this library that brings it.
        purpose: what it is needed for, in words.
    """

    kind = "missing"

    def __init__(self, package: str, *, extra: str, purpose: str) -> None:
        super().__init__(
            f"{package} is needed {purpose}: pip install '.[{extra}]' where casualty-extract lies"
        )
        self.package = package
        self.extra = extra


class OutputError(CasualtyExtractError):
    """Results cannot be written: the disk is full, the database is locked or gone, a file is there already.

    >>> str(OutputError("database is locked", target="claims.db"))
    'claims.db: database is locked'

    Args:
        problem: what is wrong.
        target: the file, folder or database, without a password.
    """

    kind = "output"

    def __init__(self, problem: str, *, target: str) -> None:
        super().__init__(f"{target}: {problem}")
        self.problem = problem
        self.target = target


class PlotError(CasualtyExtractError, ValueError):
    """There is nothing to draw.

    >>> str(PlotError("no incident has a place"))
    'nothing to draw: no incident has a place'

    Args:
        problem: why there is nothing.
    """

    kind = "plot"

    def __init__(self, problem: str) -> None:
        super().__init__(f"nothing to draw: {problem}")
        self.problem = problem


class SchemaError(OutputError):
    """A database is of another version of its schema than this library, or holds something else.

    >>> str(SchemaError("it has no tables of casualty-extract", target="claims.db"))
    'claims.db: it has no tables of casualty-extract'

    Args:
        problem: what is wrong, and what mends it.
        target: the database, without a password.
    """

    kind = "schema"


class WorkerError(CasualtyExtractError):
    """The worker processes of a batch do not start.

    >>> str(WorkerError("OSError: no space left on device"))
    'the workers do not start: OSError: no space left on device'

    Args:
        problem: what is wrong.
    """

    kind = "worker"

    def __init__(self, problem: str) -> None:
        super().__init__(f"the workers do not start: {problem}")
        self.problem = problem
