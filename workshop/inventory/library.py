"""Everything under data/ that people read, loaded once at start."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Any, TypeVar

from workshop.errors import Invalid
from workshop.inventory.agenda import Agenda, read_agenda
from workshop.inventory.inventory import Inventory
from workshop.inventory.locale import Locale, check_complete, read_locale
from workshop.inventory.reading import read_inventory
from workshop.inventory.shelf import Shelf
from workshop.inventory.source import Source
from workshop.settings import DATA

ORIGINAL = "en"
LENT = "console"  # what only facilitators read may wait for its translation
T = TypeVar("T", Inventory, Agenda)


@dataclass(frozen=True)
class Library:
    """Inventories and agendas by id, locales by language. Only inventories may come and go while it is in use."""

    inventories: Shelf
    agendas: Mapping[str, Agenda]
    locales: Mapping[str, Locale]


def load_library(folder: Path = DATA, own: Path | None = None) -> Library:
    """Everything under inventories/, agendas/ and locales/ of `folder`, and the inventories of the folder `own`.

    Raises Invalid that names the file, the line and the mend.
    """
    inventories, agendas, locales = _shipped() if folder == DATA else _read(folder)
    return Library(Shelf(inventories, own), agendas, locales)


Content = tuple[Mapping[str, Inventory], Mapping[str, Agenda], Mapping[str, Locale]]


@cache
def _shipped() -> Content:
    """What comes with the product and stays as it is while a process runs."""
    return _read(DATA)


def _read(folder: Path) -> Content:
    inventories = _by_id(folder / "inventories", read_inventory, "inventory")
    facets = dict.fromkeys(id for inventory in inventories.values() for id in inventory.facets)
    agendas = _by_id(folder / "agendas", partial(read_agenda, facets=facets), "agenda")
    return inventories, agendas, _locales(folder / "locales")


def _text(path: Path, code: str) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise Invalid(code, f"{path.name}: this is not UTF-8 text. Save it as UTF-8.") from None


def _by_id(folder: Path, read: Callable[[str, str], T], code: str) -> dict[str, T]:
    """What the files of a folder hold, by id; the id has to be the file's name, so that no two are the same."""
    found = {path: read(_text(path, code), path.name) for path in sorted(folder.glob("*.toml"))}
    for path, content in found.items():
        if content.id != path.stem:
            raise Invalid(code, f"{path.name}: its id is {content.id!r}. Call the file {content.id}.toml, "
                                f"or give it the id {path.stem!r}.")
    return {content.id: content for content in found.values()}


def _locales(folder: Path) -> dict[str, Locale]:
    sources = {language.name: {path.stem: Source(f"{language.name}/{path.name}", _text(path, "locale"), "locale")
                               for path in sorted(language.glob("*.toml"))}
               for language in sorted(folder.iterdir()) if language.is_dir()}
    locales = {language: read_locale(language, files) for language, files in sources.items()}
    locales = {language: _lent(locale, locales[ORIGINAL]) for language, locale in locales.items()}
    lent = {area: source for area, source in sources[ORIGINAL].items() if area == LENT}
    for language, locale in locales.items():
        check_complete(locale, locales[ORIGINAL], {**lent, **sources[language]})
    return locales


def _lent(locale: Locale, original: Locale) -> Locale:
    """The locale with the original's words for facilitators wherever it has none of its own."""
    if locale is original or LENT not in original.tables:
        return locale
    own = locale.tables.get(LENT)
    lent = original.tables[LENT] if own is None else _filled(own, original.tables[LENT])
    return Locale(locale.language, {**locale.tables, LENT: lent})


def _filled(own: Mapping[str, Any], original: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _filled(own.get(name, {}), text) if isinstance(text, Mapping) else own.get(name, text)
            for name, text in original.items()}
