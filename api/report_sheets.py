"""The daily report as a workbook: one sheet of figures, one of reporting units."""

from io import BytesIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from api.paper import printable
from api.report_answers import lines, sections, title, titles
from api.report_phrases import COLUMNS, PHRASES, SECTIONS, STATUSES
from api.unanswered_answers import UNANSWERED, unanswered_line, why
from tracing.phrases import Language
from tracing.question import Question
from tracing.report import Report

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
_A4 = 9
_LAST_COLUMN = max(map(len, COLUMNS.values())) + 1


def report_workbook(question: Question, report: Report, language: Language) -> bytes:
    """Return the workbook, its figures as numbers; the same report gives the same bytes."""
    content = BytesIO()
    with Workbook(content, _OPTIONS) as book:
        head = title(question, report, language)
        book.set_properties({"title": head, "created": question.as_of.replace(tzinfo=None)})
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        figures = book.add_worksheet(PHRASES["figures"][language])
        figures.write_string(0, 0, head, book.add_format({"bold": True, "font_size": 14}))
        below = _figures(figures, report, language, bold)
        if report.unanswered:
            warning = book.add_format({"bold": True, "bg_color": "#FFE08A", "valign": "top"})
            figures.merge_range(1, 0, 1, _LAST_COLUMN, "", warning)
            figures.write_string(1, 0, printable(unanswered_line(report.unanswered, language)), warning)
            figures.write_string(below, 0, UNANSWERED[language], bold)
            _unanswered(figures, below + 1, report, language)
        _units(book.add_worksheet(PHRASES["units"][language]), report, language, bold)
    return content.getvalue()


def _figures(sheet: Worksheet, report: Report, language: Language, bold: Format) -> int:
    """Write the sections one below the other, so that they fit on a page; return the row below."""
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
    sheet.set_column(2, _LAST_COLUMN, 12)
    _for_printing(sheet)
    return top


def _unanswered(sheet: Worksheet, top: int, report: Report, language: Language) -> None:
    """Write who stands in no count, and why."""
    for row, each in enumerate(report.unanswered, top):
        sheet.write_string(row, 0, printable(each.person))
        sheet.write_string(row, 1, printable(why(each, language)))


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
