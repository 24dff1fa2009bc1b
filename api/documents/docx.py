"""A list to sign: title, what it is about, its tables, what to mind, lines for signatures."""

from datetime import datetime
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from api.list_phrases import PHRASES, Column
from api.paper import Paper, Sheet

_FONT = {"ascii": "Times New Roman", "hAnsi": "Times New Roman", "eastAsia": "SimSun"}
_HEADING_FONT = {"ascii": "Arial", "hAnsi": "Arial", "eastAsia": "SimHei"}
_LONG_SIDE, _SHORT_SIDE, _MARGIN = Cm(29.7), Cm(21.0), Cm(1.6)
_WEIGHTS = {Column.NUMBER: 4, Column.PLACE: 11, Column.BLOCKERS: 14, Column.WHY: 16, Column.REFUSAL: 32}
_USUAL_WEIGHT = 8
_SIGNATURES = ("prepared", "checked", "approved")


def document(paper: Paper, made: datetime) -> bytes:
    """Return a paper as a document to sign, in landscape A4; a table without rows says so.

    Args:
        paper: What to write.
        made: The moment judged, noted as when the document was made.
    """
    written = docx.Document()
    _set_up(written, paper, made)
    heading = written.add_heading(paper.title, 0)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for name, value in paper.lines:
        line = written.add_paragraph()
        line.paragraph_format.space_after = Pt(1)
        line.add_run(f"{name}  ").bold = True
        line.add_run(value)
    if paper.warning:
        line = written.add_paragraph()
        line.paragraph_format.space_before = Pt(6)
        run = line.add_run(paper.warning)
        run.bold, run.font.size = True, Pt(12)
    for sheet in paper.sheets:
        _table(written, sheet, paper)
    for note in paper.notes:
        line = written.add_paragraph(note)
        line.paragraph_format.space_before, line.paragraph_format.keep_with_next = Pt(6), True
    _signatures(written, paper)
    content = BytesIO()
    written.save(content)
    return content.getvalue()


def _set_up(written: Any, paper: Paper, made: datetime) -> None:
    """Set the page, the fonts for Latin and Chinese letters, the properties and the page numbers."""
    properties = written.core_properties
    properties.title, properties.author, properties.comments = paper.title, "shouwang", ""
    properties.created = properties.modified = made.replace(tzinfo=None, microsecond=0)
    properties.language = "zh-CN" if paper.language == "zh" else "en-GB"
    page = written.sections[0]
    page.orientation = WD_ORIENT.LANDSCAPE
    page.page_width, page.page_height = _LONG_SIDE, _SHORT_SIDE
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = _MARGIN
    _font(written.styles["Normal"], _FONT, 10)
    _font(written.styles["Title"], _HEADING_FONT, 18)
    _font(written.styles["Heading 2"], _HEADING_FONT, 12)
    _page_numbers(page.footer.paragraphs[0], paper)


def _font(style: Any, names: dict[str, str], points: int) -> None:
    style.font.size = Pt(points)
    style.font.color.rgb = None
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in [name for name in fonts.attrib if name.endswith("Theme")]:
        del fonts.attrib[theme]
    for letters, name in names.items():
        fonts.set(qn(f"w:{letters}"), name)


def _page_numbers(line: Any, paper: Paper) -> None:
    """Write "page … of …" into a footer."""
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    words = PHRASES["page"][paper.language].format(page="\0PAGE\0", pages="\0NUMPAGES\0")
    for number, part in enumerate(words.split("\0")):
        if number % 2:
            field = OxmlElement("w:fldSimple")
            field.set(qn("w:instr"), part)
            line._p.append(field)  # noqa: SLF001 - python-docx has no field of its own
        else:
            line.add_run(part)


def _table(written: Any, sheet: Sheet, paper: Paper) -> None:
    count = PHRASES["count"][paper.language].format(count=len(sheet.rows))
    written.add_heading(f"{sheet.title}  {count}", 2)
    if not sheet.rows:
        written.add_paragraph(PHRASES["none"][paper.language])
        return
    table = written.add_table(rows=1, cols=len(sheet.columns), style="Table Grid")
    table.autofit = False
    _row(table.rows[0], sheet.columns, bold=True)
    _mark(table.rows[0], "w:tblHeader")
    for cells in sheet.rows:
        row = table.add_row()
        _row(row, cells)
        _mark(row, "w:cantSplit")
    for column, width in zip(table.columns, _widths(sheet), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width


def _row(row: Any, texts: tuple[str, ...], *, bold: bool = False) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        run = cell.paragraphs[0].add_run(text)
        run.font.size, run.bold = Pt(9), bold


def _mark(row: Any, name: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(name))  # noqa: SLF001 - python-docx has no such property


def _widths(sheet: Sheet) -> list[int]:
    """Return how the width of the page is shared among the columns."""
    weights = [_WEIGHTS.get(kind, _USUAL_WEIGHT) for kind in sheet.kinds]
    room = _LONG_SIDE - 2 * _MARGIN
    return [room * weight // sum(weights) for weight in weights]


def _signatures(written: Any, paper: Paper) -> None:
    table = written.add_table(rows=2, cols=len(_SIGNATURES))
    for column, name in enumerate(_SIGNATURES):
        for row, what in enumerate((name, "date")):
            cell = table.cell(row, column).paragraphs[0]
            cell.paragraph_format.space_before = Pt(14)
            cell.add_run(f"{PHRASES[what][paper.language]}: __________________")
    for row in table.rows:
        _mark(row, "w:cantSplit")
