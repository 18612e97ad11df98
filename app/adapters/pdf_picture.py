"""Pages of a PDF in dots, by PDFium: for reading back, for a preview, and for printing."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2
from PIL import Image

_ONE_AT_A_TIME = threading.Lock()
"""PDFium may not be called from two threads at once."""


class PdfPictures:
    """An open document; made by `opened`."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document

    def __len__(self) -> int:
        return len(self._document)

    def grey(self, page: int, across: int) -> Image.Image:
        """The page, from 0, exactly so many dots wide."""
        with _ONE_AT_A_TIME:
            opened = self._document[page]
            bitmap = opened.render(scale=(across - 0.5) / opened.get_width(), grayscale=True)
            picture: Image.Image = bitmap.to_pil().copy()
            bitmap.close()
            opened.close()
        return picture

    def dots(self, page: int, across: int) -> tuple[int, int, bytes]:
        """Width, height, and a byte of grey for each dot."""
        picture = self.grey(page, across)
        return picture.width, picture.height, picture.tobytes()

    def png(self, page: int, across: int) -> bytes:
        """The same as a file."""
        buffer = io.BytesIO()
        self.grey(page, across).save(buffer, "PNG", compress_level=1)
        return buffer.getvalue()


@contextmanager
def opened(content: bytes) -> Iterator[PdfPictures]:
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(content)
    try:
        yield PdfPictures(document)
    finally:
        with _ONE_AT_A_TIME:
            document.close()
