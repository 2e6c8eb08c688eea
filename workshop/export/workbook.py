"""Summary -> XLSX: sheets to read, charts to copy, and every count once more for a pivot table."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from xlsxwriter.worksheet import Worksheet

from workshop import theme
from workshop.export.about import agenda, facts, meta, notes, title
from workshop.export.charts import Cells, Series, height, single, stacked
from workshop.export.language import Language, language
from workshop.export.leaves import POOLED_AT, Leaf, leaves
from workshop.export.lines import HUES
from workshop.export.method import chapters
from workshop.export.prompts import prompts
from workshop.export.spreadsheet import HEAD, TITLE, Book
from workshop.export.statements import NAMES_AT, TONES, TONES_AT, Statements, answers_of, statements
from workshop.export.summary import Summary
from workshop.inventory import DARK_POLES, LIGHT_POLES

_PIXELS_A_ROW = 20
_NAMES, _TEXTS = 28, 92
_EDGE_NAME, _EDGE_COUNT = 2, 3


def workbook_bytes(summary: Summary) -> bytes:
    """The same bytes for the same summary; its date is the workshop's day."""
    speak = language(summary.language)
    where = " · ".join(meta(summary))
    book = Book(title(summary), summary.sentence, f"{title(summary)} · {where}", datetime.fromisoformat(summary.day))
    made = leaves(summary)
    _read_me(book, summary, made, speak)
    pictures = book.sheet(speak.text("sheets.pictures")) if made else None
    sheets = {leaf.name: book.table(speak.text(f"sheets.{leaf.name}"), speak.text(f"sheets.{leaf.name}"),
                                    speak.text(f"sheet.{leaf.name}"), leaf.columns, leaf.rows) for leaf in made}
    if pictures is not None:
        _draw(book, pictures, sheets, summary, speak)
    return book.close()


# ---- the first sheet


def _read_me(book: Book, summary: Summary, made: tuple[Leaf, ...], speak: Language) -> None:
    page = book.sheet(speak.text("sheets.read_me"))
    page.set_portrait()
    page.set_column(0, 0, _NAMES)
    page.set_column(1, 1, _TEXTS)
    page.set_row(0, 26)
    book.write(page, 0, 0, title(summary), bold=True, font_size=18)
    book.write(page, 1, 0, " · ".join(meta(summary)), font_color=theme.tokens("bright")["ink_soft"])
    for row, (name, text) in enumerate(_said(summary, made, speak), 3):
        if text is None:
            book.write(page, row, 0, name, bold=True, font_size=13, top=1)
            page.write_blank(row, 1, None, book.format(top=1))
            page.set_row(row, TITLE)
        else:
            book.write(page, row, 0, name, text_wrap=True)
            book.write(page, row, 1, text, text_wrap=True)
            book.fit(page, row, (name, _NAMES), (text, _TEXTS))
    page.freeze_panes(3, 0)


def _said(summary: Summary, made: tuple[Leaf, ...], speak: Language) -> Iterator[tuple[str, str | None]]:
    """Terms and their texts; a text of None makes the term a heading."""
    yield from ((fact.name, fact.text) for fact in facts(summary))
    yield speak.text("sheet.read_me"), None
    for name in (*(("pictures",) if made else ()), *(leaf.name for leaf in made)):
        yield speak.text(f"sheets.{name}"), speak.text(f"sheet.{name}")
    yield from _headed(speak.text("about.agenda"), [(scene.name, scene.text) for scene in agenda(summary)])
    yield from _headed(speak.text("about.notes"), [(note.scene, note.text) for note in notes(summary)])
    yield from _headed(speak.text("prompts.title"), [(one.name, "\n".join(one.questions))
                                                     for one in prompts(summary)])
    yield from _headed(speak.text("method.title"), [(chapter.title, "\n".join(chapter.paragraphs))
                                                    for chapter in chapters(summary)])


def _headed(heading: str, texts: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str | None]]:
    if texts:
        yield heading, None
        yield from texts


# ---- the charts


def _draw(book: Book, page: Worksheet, sheets: Mapping[str, Worksheet], summary: Summary, speak: Language) -> None:
    page.set_row(0, TITLE)
    book.write(page, 0, 0, speak.text("sheets.pictures"), bold=True, font_size=16)
    book.write(page, 1, 0, speak.text("sheet.pictures"), font_color=theme.tokens("bright")["ink_soft"])
    page.fit_to_pages(1, 1)
    row = 3
    for chart, alt, high in _charts(book, sheets, summary, speak):
        page.insert_chart(row, 0, chart, {"description": alt, "object_position": 1})
        row += high // _PIXELS_A_ROW + 2


def _charts(book: Book, sheets: Mapping[str, Worksheet], summary: Summary,
            speak: Language) -> Iterator[tuple[object, str, int]]:
    for name, picture, poles in (("sides", "sides", LIGHT_POLES), ("dark", "gets_in_the_way", DARK_POLES)):
        if name in sheets and summary.draws(picture):
            yield from _stacks(book, sheets[name], statements(summary, poles), speak)
    if "pooled" in sheets and summary.draws("sides"):
        yield from _pooled_stacks(book, sheets["pooled"], summary, speak)
    edges = summary.rounds[-1].edges if summary.rounds and summary.draws("edges") else None
    if edges:
        cells = Cells(sheets["chosen"].get_name(), HEAD, HEAD + len(edges) - 1, _EDGE_NAME)
        yield single(book.workbook, speak.text("picture.edges"), cells, _EDGE_COUNT), speak.text("sheet.chosen"), \
            height(cells)


def _stacks(book: Book, page: Worksheet, told: Statements, speak: Language) -> Iterator[tuple[object, str, int]]:
    """One chart a side of the latest round, with the tones that any of its rows has."""
    for block in told.blocks:
        rows = told.rows[block.first:block.last + 1]
        series = [Series(tone, TONES_AT + at, speak.text(f"common.tone.{tone}")) for at, tone in enumerate(TONES)
                  if any(row[TONES_AT + at] is not None for row in rows)]
        if not series:
            continue
        twice = len({row[NAMES_AT] for row in rows}) < len(rows)
        cells = Cells(page.get_name(), HEAD + block.first, HEAD + block.last, NAMES_AT + twice)
        name = speak.text(f"common.pole.{block.pole}.name")
        hatched = block.pole in ("DD", "ID")
        yield stacked(book.workbook, name, cells, series, HUES[block.pole], hatched), name, height(cells)


def _pooled_stacks(book: Book, page: Worksheet, summary: Summary, speak: Language) -> Iterator[tuple[object, str, int]]:
    """One chart a side of a small room: its one bar of answers."""
    shown = [pole for pole in summary.rounds[-1].poles if pole.pooled]
    for row, pole in enumerate(shown, HEAD):
        known = answers_of(pole, summary.questionnaire.scale.points)
        series = [Series(tone, POOLED_AT + at, speak.text(f"common.tone.{tone}")) for at, tone in enumerate(TONES)
                  if tone in known]
        if series:
            cells, name = Cells(page.get_name(), row, row, 1), speak.text(f"common.pole.{pole.id}.name")
            yield stacked(book.workbook, name, cells, series, HUES[pole.id], False), name, height(cells)
