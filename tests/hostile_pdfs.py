"""PDFs made to do harm to whoever reads them, each small enough to be made in a test."""

import io
import zlib
from collections.abc import Callable, Mapping

WORDS = b"BT /F1 12 Tf 72 700 Td (Kent Police answers its calls promptly) Tj ET"
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
Objects = Mapping[int, bytes]


def pdf_of(objects: Objects, trailer: bytes = b"") -> bytes:
    """A PDF of these objects; the first is its catalogue."""
    out = io.BytesIO()
    out.write(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%b\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 1\n0000000000 65535 f \n")
    for number, place in places.items():
        out.write(b"%d 1\n%010d 00000 n \n" % (number, place))
    size = max(objects) + 1
    out.write(
        b"trailer\n<< /Size %d /Root 1 0 R %b >>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start)
    )
    return out.getvalue()


def stream(content: bytes, entries: bytes = b"") -> bytes:
    """A stream object."""
    return b"<< /Length %d %b >>\nstream\n%b\nendstream" % (len(content), entries, content)


def packed(content: bytes, times: int = 1) -> bytes:
    """A stream packed so many times over."""
    for _ in range(times):
        content = zlib.compress(content, 9)
    return stream(content, b"/Filter [%b]" % (b" /FlateDecode" * times))


def one_page(
    contents: bytes, resources: bytes = b"", more: Objects | None = None
) -> dict[int, bytes]:
    """The objects of a PDF of one page with these contents, a stream object."""
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> %b >> >>" % resources,
        4: contents,
        5: _FONT,
        **(more or {}),
    }


def _bomb() -> bytes:
    return pdf_of(one_page(packed(WORDS + b" " * 120_000_000)))


def _bomb_in_a_bomb() -> bytes:
    return pdf_of(one_page(packed(b" " * 120_000_000, times=2)))


def _run_length_bomb() -> bytes:
    runs = b"\x81\x20" * 1_000_000 + b"\x80"
    return pdf_of(
        one_page(stream(zlib.compress(runs, 9), b"/Filter [/FlateDecode /RunLengthDecode]"))
    )


def _bomb_of_objects() -> bytes:
    held = one_page(stream(WORDS))
    held[6] = stream(
        zlib.compress(b"7 0 " + b" " * 100_000_000 + b"(x)", 9),
        b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode",
    )
    return pdf_of(held)


def _nested(opening: bytes, closing: bytes, depth: int) -> bytes:
    objects = one_page(stream(WORDS))
    nested = opening * depth + closing * depth
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R /Deep %b >>" % nested
    return pdf_of(objects)


def _nested_contents() -> bytes:
    return pdf_of(one_page(stream(b"[" * 200_000 + b"]" * 200_000 + b" TJ " + WORDS)))


def _page_tree_that_loops() -> bytes:
    objects = one_page(stream(WORDS))
    objects[2] = b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>"
    return pdf_of(objects)


def _page_tree_as_deep_as_it_goes() -> bytes:
    objects = one_page(stream(WORDS))
    objects[2] = b"<< /Type /Pages /Kids [100 0 R] /Count 1 >>"
    for at in range(100, 20_100):
        below = b"%d 0 R" % (at + 1) if at < 20_099 else b"3 0 R"
        objects[at] = b"<< /Type /Pages /Kids [%b] /Count 1 >>" % below
    return pdf_of(objects)


def _endless_pages() -> bytes:
    objects = one_page(stream(WORDS))
    objects[2] = b"<< /Type /Pages /Kids [%b] /Count 300000 >>" % (b"3 0 R " * 300_000)
    return pdf_of(objects)


def _pages_that_are_not_there() -> bytes:
    objects = one_page(stream(WORDS))
    objects[2] = b"<< /Type /Pages /Kids [3 0 R] /Count 999999999 >>"
    return pdf_of(objects)


def _outline_that_loops() -> bytes:
    objects = one_page(stream(WORDS))
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>"
    objects[6] = b"<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>"
    objects[7] = b"<< /Title (x) /Parent 7 0 R /Next 7 0 R /First 7 0 R /Last 7 0 R >>"
    return pdf_of(objects)


def _labels_that_loop() -> bytes:
    objects = one_page(stream(WORDS))
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R /PageLabels 6 0 R >>"
    objects[6] = b"<< /Kids [6 0 R 6 0 R] /Limits [0 9] >>"
    return pdf_of(objects)


def _form_that_draws_itself() -> bytes:
    form = stream(
        b"/X Do " + WORDS,
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 6 0 R >> >>",
    )
    return pdf_of(one_page(stream(b"/X Do " + WORDS), b"/XObject << /X 6 0 R >>", {6: form}))


def _forms_that_double() -> bytes:
    forms = {
        at: stream(
            b"/X Do /X Do /X Do /X Do",
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
            b"/Resources << /XObject << /X %d 0 R >> >>" % (at + 1),
        )
        for at in range(10, 40)
    }
    forms[40] = stream(WORDS, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return pdf_of(one_page(stream(b"/X Do " + WORDS), b"/XObject << /X 10 0 R >>", forms))


def _letters_that_mean_millions() -> bytes:
    ranges = b"100 beginbfrange\n%b\nendbfrange\n" % (b"<00000000> <FFFFFFFF> <0041>\n" * 100)
    cmap = b"/CIDInit /ProcSet findresource begin begincmap\n%b endcmap end" % (ranges * 100)
    objects = one_page(stream(WORDS))
    objects[5] = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /ToUnicode 6 0 R "
        b"/DescendantFonts [] >>"
    )
    objects[6] = stream(cmap)
    return pdf_of(objects)


def _updates_that_loop() -> bytes:
    objects = one_page(stream(WORDS))
    whole = pdf_of(objects)
    return pdf_of(objects, b"/Prev %d" % whole.rindex(b"xref\n0 1"))


def _numbers_beyond_reason() -> bytes:
    objects = one_page(
        stream(
            b"BT /F1 1e308 Tf 1e308 -1e308 Td (a) Tj 9"
            + b"9" * 100_000
            + b" 0 Td (b) Tj ET "
            + WORDS
        )
    )
    return pdf_of(objects)


def _page_beyond_reason() -> bytes:
    objects = one_page(stream(b"0 0 1 rg 0 0 9 9 re f"))
    objects[3] = objects[3].replace(b"[0 0 600 800]", b"[0 0 1e30 1e30]")
    return pdf_of(objects)


def _endless_text() -> bytes:
    return pdf_of(
        one_page(packed(b"BT /F1 12 Tf %b ET" % (b"1 0 0 1 7 7 Tm (ab) Tj " * 1_000_000)))
    )


def _script_and_launch() -> bytes:
    objects = one_page(stream(WORDS))
    objects[1] = (
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (/bin/sh) >> "
        b"/AA << /WC << /S /JavaScript /JS (app.alert(1)) >> >> >>"
    )
    return pdf_of(objects)


PDFS: Mapping[str, Callable[[], bytes]] = {
    "a stream that unpacks to 120 MB": _bomb,
    "a stream packed twice that unpacks to 120 MB": _bomb_in_a_bomb,
    "run lengths that unpack to 128 MB": _run_length_bomb,
    "objects that unpack to 100 MB": _bomb_of_objects,
    "arrays 200,000 deep": lambda: _nested(b"[", b"]", 200_000),
    "dictionaries 100,000 deep": lambda: _nested(b"<< /A ", b">>", 100_000),
    "contents 200,000 deep": _nested_contents,
    "a page tree that loops": _page_tree_that_loops,
    "a page tree 20,000 deep": _page_tree_as_deep_as_it_goes,
    "300,000 pages": _endless_pages,
    "a thousand million pages, one of them there": _pages_that_are_not_there,
    "an outline that loops": _outline_that_loops,
    "page labels that loop": _labels_that_loop,
    "a form that draws itself": _form_that_draws_itself,
    "forms that draw each other four to the thirtieth times": _forms_that_double,
    "a font whose letters mean millions": _letters_that_mean_millions,
    "updates that loop": _updates_that_loop,
    "numbers beyond reason": _numbers_beyond_reason,
    "a page beyond reason": _page_beyond_reason,
    "text without end": _endless_text,
    "a script and a program to start": _script_and_launch,
}
