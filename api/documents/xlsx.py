"""Lists as a workbook: what they are about on the first sheet, then a sheet a table."""

from datetime import datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from api.list_phrases import PHRASES, Column
from api.paper import Paper, Sheet
from api.tables import width

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_WIDEST, _WIDEST_OF = 46, {Column.REFUSAL: 120}
_A4 = 9
_TITLE_LENGTH = 31
_LONGEST_HEADER = 200
_NOT_IN_TITLES = str.maketrans("[]:*?/\\", "       ")


def document(paper: Paper, made: datetime) -> bytes:
    """Return a paper as a workbook; a sheet without rows is left out, every cell is text.

    Args:
        paper: What to write.
        made: The moment judged, noted as when the workbook was made.
    """
    content = BytesIO()
    with Workbook(content, _OPTIONS) as book:
        book.set_properties({"title": paper.title, "created": made.replace(tzinfo=None)})
        formats = _formats(book)
        _overview(book, paper, formats)
        for each in paper.sheets:
            if each.rows:
                _table(book, each, formats, paper)
    return content.getvalue()


def _formats(book: Workbook) -> dict[str, Any]:
    text = {"num_format": "@", "valign": "top", "text_wrap": True, "border": 1}
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format(text | {"bold": True, "bg_color": "#DDE6EE"}),
        "text": book.add_format(text),
        "warning": book.add_format({"bold": True, "bg_color": "#FFE08A", "text_wrap": True, "valign": "top"}),
        "line": book.add_format({"num_format": "@", "valign": "top", "text_wrap": True}),
    }


def _overview(book: Workbook, paper: Paper, formats: dict[str, Any]) -> None:
    page = book.add_worksheet(PHRASES["overview"][paper.language])
    page.set_column(0, 0, 28)
    page.set_column(1, 1, 70)
    page.write_string(0, 0, paper.title, formats["title"])
    if paper.warning:
        page.merge_range(1, 0, 1, 1, "", formats["warning"])
        page.write_string(1, 0, paper.warning, formats["warning"])
        page.set_row(1, 32)
    counts = [(each.title, str(len(each.rows))) for each in paper.sheets]
    for row, (name, value) in enumerate([*paper.lines, *counts], 2):
        page.write_string(row, 0, name, formats["line"])
        page.write_string(row, 1, value, formats["line"])
    for row, note in enumerate(paper.notes, 3 + len(paper.lines) + len(counts)):
        page.merge_range(row, 0, row, 1, "", formats["line"])
        page.write_string(row, 0, note, formats["line"])
        page.set_row(row, 32)
    _for_printing(page, paper)


def _table(book: Workbook, sheet: Sheet, formats: dict[str, Any], paper: Paper) -> None:
    page = book.add_worksheet(sheet.title.translate(_NOT_IN_TITLES)[:_TITLE_LENGTH])
    for column, (kind, title) in enumerate(zip(sheet.kinds, sheet.columns, strict=True)):
        cells = [title, *(row[column] for row in sheet.rows)]
        page.set_column(
            column, column, min(max(map(width, cells)) + 2, _WIDEST_OF.get(kind, _WIDEST)), formats["text"]
        )
        page.write_string(0, column, title, formats["head"])
        for row, cell in enumerate(cells[1:], 1):
            write = page.write_number if kind == Column.NUMBER else page.write_string
            write(row, column, int(cell) if kind == Column.NUMBER else cell, formats["text"])
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.columns) - 1)
    _for_printing(page, paper)


def _for_printing(page: Any, paper: Paper) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.set_footer(f"&L{paper.title}&R&P / &N")
    if paper.warning:
        # Each sheet may be printed and carried alone.
        page.set_header(f"&C&B{_headline(paper.warning)}")


def _headline(text: str) -> str:
    """Return a text as a header can hold it: 255 characters at most, with what begins a code doubled."""
    doubled = text.replace("&", "&&")
    return doubled if len(doubled) <= _LONGEST_HEADER else f"{doubled[:_LONGEST_HEADER].rstrip('&')}…"
