"""Documents out: spreadsheets and papers to sign."""

from datetime import datetime
from importlib import import_module
from pathlib import Path

from api.files import write_file
from api.paper import Paper

FORMATS = ("xlsx", "docx")


def write(file: Path, kind: str, paper: Paper, made: datetime) -> None:
    """Write a paper as a document of one of the formats.

    Args:
        file: Where to.
        kind: One of ``FORMATS``.
        paper: What to write.
        made: The moment judged, noted as when the document was made.

    Raises:
        Refused: if nothing can be written there.
    """
    # Their libraries load slower than most answers are given, and few answers become documents.
    content: bytes = import_module(f"api.documents.{kind}").document(paper, made)
    write_file(file, content)
