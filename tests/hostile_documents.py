"""Word files, web pages and texts made to do harm to whoever reads them."""

import io
import zipfile
from collections.abc import Callable, Mapping

_TYPES = (
    '<?xml version="1.0"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-'
    'officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    'relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/'
    '2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_of(body: str, doctype: str = "", more: Mapping[str, bytes] | None = None) -> bytes:
    """A Word file with this body of paragraphs."""
    document = (
        f'<?xml version="1.0"?>{doctype}<w:document {_W}><w:body>{body}</w:body></w:document>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        archive.writestr("word/document.xml", document)
        for name, content in (more or {}).items():
            archive.writestr(name, content)
    return out.getvalue()


def said(words: str) -> str:
    """A paragraph of a Word file."""
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


KENT = said("Kent Police answers its calls promptly.")


def _laughs() -> str:
    lines = "".join(f'<!ENTITY l{at} "{f"&l{at - 1};" * 10}">' for at in range(1, 12))
    return f'<!DOCTYPE x [<!ENTITY l0 "ha">{lines}]>'


def _quadratic() -> bytes:
    return docx_of(said("&a;" * 50_000), f'<!DOCTYPE x [<!ENTITY a "{"a" * 50_000}">]>')


def _lying_archive() -> bytes:
    """An archive whose part says that it unpacks to ten bytes, and holds 50 MB."""
    content = docx_of(KENT, more={"word/media/a.bin": b"\0" * 50_000_000})
    size = (50_000_000).to_bytes(4, "little")
    return content.replace(size, (10).to_bytes(4, "little"))


DOCUMENTS: Mapping[str, Callable[[], bytes]] = {
    "a part that unpacks to 210 MB": lambda: docx_of(
        KENT, more={"word/a.xml": b"\0" * 210_000_000}
    ),
    "20,000 parts": lambda: docx_of(KENT, more={f"word/{at}.xml": b"" for at in range(20_000)}),
    "a part that says it is smaller": _lying_archive,
    "entities that laugh a thousand million times": lambda: docx_of(
        said("&l11;") + KENT, _laughs()
    ),
    "an entity of 50,000 letters 50,000 times": _quadratic,
    "an entity that is a file": lambda: docx_of(
        said("&f;") + KENT, '<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    ),
    "an entity from elsewhere": lambda: docx_of(
        said("&f;") + KENT,
        '<!DOCTYPE x SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY f SYSTEM "http://127.0.0.1:9/x">]>',
    ),
    "elements 100,000 deep": lambda: docx_of("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000 + KENT),
    "tables 2,000 deep": lambda: docx_of(
        "<w:tbl><w:tr><w:tc>" * 2_000 + KENT + "</w:tc></w:tr></w:tbl>" * 2_000
    ),
    "paths out of the archive": lambda: docx_of(
        KENT, more={"../../../../tmp/harm.xml": b"x", "/etc/harm": b"x"}
    ),
    "100,000 paragraphs": lambda: docx_of(KENT * 100_000),
    "entities in a web page": lambda: (
        _laughs().replace("x [", "html [")
        + "<html><body><p>Kent Police &l11; answers calls.</p></body></html>"
    ).encode(),
    "a web page that is a file": lambda: (
        b'<!DOCTYPE html SYSTEM "file:///etc/passwd" [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
        b"<html><body><p>Kent Police &f; answers calls.</p></body></html>"
    ),
    "a web page of 180,000 open elements": lambda: b"<html><body>" + b"<b><i><p>Kent" * 60_000,
    "a web page of attributes": lambda: (
        b"<html><body><p " + b'a="b" ' * 2_000_000 + b">Kent Police</p>"
    ),
    "brackets without end": lambda: b"Kent Police **a** **b**\n" + b"[" * 300_000,
    "tags without end": lambda: b"Kent Police **a** **b**\n" + b"<a" * 300_000,
    "stars without end": lambda: b"Kent Police\n" + b"*" * 5_000_000,
    "bars without end": lambda: b"Kent Police **a** **b**\n" + b"|" * 3_000_000,
    "dashes and spaces without end": lambda: b"Kent Police\n" + b"- " * 500_000 + b"x",
    "numbers without end": lambda: b"Kent Police\n" + b"1." * 500_000 + b" x",
    "brackets round words without end": lambda: b"Kent Police\n" + b"(A" * 100_000 + b"Police (KP)",
    "lines without end": lambda: b"Kent Police\n" + b"a\n" * 500_000,
    "pages without end": lambda: b"Kent Police\n" + b"a\f" * 200_000,
    "one line of half a million words": lambda: b"Kent Police " + b"ab " * 500_000,
    "invisible signs without end": lambda: b"Kent Police\n" + "\u200b\u202e".encode() * 1_000_000,
}
