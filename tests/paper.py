"""PDF and Word files written byte by byte, so that any of their parts can be wrong."""

from __future__ import annotations

import io
import zipfile
import zlib

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(*pages: str | bytes, kids: int = 0, trailer: bytes = b"") -> bytes:
    """Return a PDF.

    Parameters
    ----------
    pages : str or bytes
        The lines of each page; bytes are the page's drawing orders themselves.
    kids : int
        How often the first page is named again.
    trailer : bytes
        More for the trailer.
    """
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    names = []
    for page in pages:
        packed = zlib.compress(page if isinstance(page, bytes) else _drawn(page), 9)
        number = len(objects) + 1
        names.append(b"%d 0 R" % number)
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents %d 0 R"
            b"/Resources<</Font<</F 3 0 R>>>>>>" % (number + 1),
            b"<</Filter/FlateDecode/Length %d>>stream\n%b\nendstream"
            % (len(packed), packed),
        ]
    names += names[:1] * kids
    objects[1] = b"<</Type/Pages/Kids[%b]/Count %d>>" % (b" ".join(names), len(names))
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer\n<</Size %d/Root 1 0 R%b>>\n"
        b"startxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, trailer, len(out))
    )


def _drawn(text: str) -> bytes:
    """Return the orders that write lines below one another."""
    lines = [
        line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
        for line in text.split("\n")
    ]
    written = " T* ".join(f"({line}) Tj" for line in lines)
    return f"BT /F 10 Tf 12 TL 50 750 Td {written} ET".encode("cp1252")


def docx(body: str, styles: str = "", *, space: str = WORD, **more: str) -> bytes:
    """Return a Word document.

    Parameters
    ----------
    body : str
        What stands in its body, in XML.
    styles : str
        Its styles, in XML.
    space : str
        The XML namespace of its words.
    **more : str
        Other files by their names.
    """
    main = f'<w:document xmlns:w="{space}"><w:body>{body}</w:body></w:document>'
    return packed(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": main,
            "word/styles.xml": f'<w:styles xmlns:w="{space}">{styles}</w:styles>',
            **more,
        }
    )


def packed(files: dict[str, str]) -> bytes:
    """Return a zip archive of files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()
