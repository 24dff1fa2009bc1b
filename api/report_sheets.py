"""The daily report as a workbook: one sheet of figures, one of reporting units."""

from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from api.report_answers import lines, sections, title, titles
from api.report_phrases import COLUMNS, PHRASES, SECTIONS, STATUSES
from tracing.phrases import Language
from tracing.question import Question
from tracing.report import Report

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_A4 = 9


def report_workbook(question: Question, report: Report, language: Language) -> bytes:
    """Return the workbook, its figures as numbers; the same report gives the same bytes."""
    content = BytesIO()
    with Workbook(content, _OPTIONS) as book:
        head = title(question, report, language)
        book.set_properties({"title": head, "created": question.as_of.replace(tzinfo=None)})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        figures = book.add_worksheet(PHRASES["figures"][language])
        figures.write_string(0, 0, head, book.add_format({"bold": True, "font_size": 14}))
        _figures(figures, report, language, bold)
        _units(book.add_worksheet(PHRASES["units"][language]), report, language, bold)
    return content.getvalue()


def _figures(sheet: Worksheet, report: Report, language: Language, bold: Format) -> None:
    """Write the sections one below the other, so that they fit on a page."""
    top = 2
    for section in sections(report):
        sheet.write_string(top, 0, SECTIONS[section][language], bold)
        sheet.write_row(top + 1, 0, titles(section, language), bold)
        rows = lines(report, language)
        for row, line in enumerate(rows, top + 2):
            sheet.write_string(row, 0, line.name)
            sheet.write_string(row, 1, line.code)
            sheet.write_row(row, 2, [line.counts[section, item] for item in COLUMNS[section]])
        top += len(rows) + 3
    sheet.set_column(0, 1, 18)
    sheet.set_column(2, max(map(len, COLUMNS.values())) + 1, 12)
    _for_printing(sheet)


def _units(sheet: Worksheet, report: Report, language: Language, bold: Format) -> None:
    sheet.write_row(0, 0, [PHRASES[name][language] for name in ("unit", "status", "figure")], bold)
    for row, unit in enumerate((*report.units, *report.places), 1):
        sheet.write_string(row, 0, unit.place or unit.area)
        sheet.write_string(row, 1, STATUSES[unit.status][language])
        if unit.figure is not None:
            sheet.write_number(row, 2, unit.figure)
    sheet.set_column(0, 2, 18)
    sheet.freeze_panes(1, 0)
    _for_printing(sheet)


def _for_printing(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
