"""File names that sort by day and say what they are, safe on every disk and in every header."""

import re
import unicodedata

from workshop.export.summary import Summary

_LONGEST = 40


def stem(summary: Summary) -> str:
    """Like bothand-2026-11-24-how-we-lean-CFH234; of the title only what plain letters can say."""
    kind = "rehearsal-" if summary.rehearsal else ""
    words = _plain(summary.title)
    return f"bothand-{kind}{summary.day}-{f'{words}-' if words else ''}{summary.code}"


def _plain(title: str) -> str:
    letters = unicodedata.normalize("NFKD", title.replace("ß", "ss")).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:_LONGEST].strip("-")
