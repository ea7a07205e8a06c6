"""The claims that were reviewed, with their texts: what an import compares with, and an export needs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from casualty_extract.errors import AnchorError
from casualty_extract.records import Extraction, sanitise

__all__ = ["Archive", "as_list", "as_object", "as_text", "digest"]


def digest(text: str) -> str:
    """Give the SHA-256 of a text as `Document.sha256` has it.

    >>> digest("Gunmen killed 12 people.")[:8]
    'd32f6f8e'
    """
    return hashlib.sha256(sanitise(text).encode()).hexdigest()


class Archive:
    """Extractions by their texts.

    >>> from casualty_extract import extract
    >>> text = "Gunmen killed 12 people."
    >>> archive = Archive([extract(text)], {digest(text): text})
    >>> archive.text(archive.extractions[0])
    'Gunmen killed 12 people.'

    Args:
        extractions: the claims. Of two extractions of one text the first counts for imports.
        texts: texts by their SHA-256; an extraction's own `text` goes before them.
    """

    def __init__(self, extractions: Iterable[Extraction], texts: Mapping[str, str] | None = None) -> None:
        self.extractions = tuple(extractions)
        self._texts = dict(texts or {})
        self._by_text: dict[str, Extraction] = {}
        self._by_id: dict[str, Extraction] = {}
        for extraction in self.extractions:
            self._by_text.setdefault(extraction.document.sha256, extraction)
            self._by_id.setdefault(extraction.document.id, extraction)

    def text(self, extraction: Extraction) -> str:
        """Give the text that an extraction's offsets count in.

        Raises:
            AnchorError: it is not known.
        """
        text = self.known(extraction)
        if text is None:
            raise AnchorError("its text is not among the articles", document=extraction.document.id)
        return text

    def known(self, extraction: Extraction) -> str | None:
        """Give the text that an extraction's offsets count in, or None where it is not known."""
        text = extraction.text
        if text is None:
            text = self._texts.get(extraction.document.sha256)
        # What the claims quote is the text with code points that cannot be stored replaced one for one.
        return None if text is None else sanitise(text)

    def find(self, sha256: Any, document: Any, text: str | None = None) -> tuple[Extraction, str]:
        """Give the extraction that a reviewed document belongs to, and its text.

        Args:
            sha256: of its text, as the file says.
            document: its id, as the file says; it only serves errors.
            text: the text as the file has it, which serves where it is the very one.

        Raises:
            ValueError: there are no claims of this text.
            AnchorError: the text is not known.
        """
        extraction = self._by_text.get(sha256) if isinstance(sha256, str) else None
        if extraction is None:
            named = self._by_id.get(document) if isinstance(document, str) else None
            if named is not None:
                raise ValueError(f"document {document!r} was reviewed with another text than its claims have")
            raise ValueError(f"there are no claims of document {document!r}")
        if text is not None and digest(text) == extraction.document.sha256:
            return extraction, sanitise(text)
        return extraction, self.text(extraction)


def as_object(value: Any, name: str) -> dict[str, Any]:
    """Hold that a value of JSON is an object.

    Raises:
        ValueError: it is not.
    """
    if not isinstance(value, dict):
        raise ValueError(f"{name} is no object")
    return value


def as_list(value: Any, name: str) -> list[Any]:
    """Hold that a value of JSON is an array.

    Raises:
        ValueError: it is not.
    """
    if not isinstance(value, list):
        raise ValueError(f"{name} is no array")
    return value


def as_text(value: Any, name: str) -> str:
    """Hold that a value of JSON is a string.

    Raises:
        ValueError: it is not.
    """
    if not isinstance(value, str):
        raise ValueError(f"{name} is no string")
    return value
