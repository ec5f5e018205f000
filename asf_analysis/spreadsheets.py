"""Files for spreadsheets: no text in them is taken for a formula, and their bytes are always the same."""

from __future__ import annotations

import io
import re
import zipfile
from xml.sax import parseString
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

LARGE_PART = 1_000_000
"""Bytes from which a part of a workbook is compressed."""

_UNSEEN = "\x00-\x08\x0b\x0c\x0e-\x20\x7f-\xa0\u00ad\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff"
_FORMULA = re.compile(rf"(?:^|(?<=[\r\n]))(?=[\t\r])|(^|[;\t\r\n])(?=[{_UNSEEN}]*[=+\-@＝＋－＠])")
"""Where a formula could begin (OWASP, CSV Injection); also one in the wide signs of East Asian writing, which
Excel reads alike."""

TYPE = "xsi:type"
"""The one attribute of a workbook whose value is a name with a prefix."""

_DAYS = re.compile(rb"<dcterms:(created|modified)\b[^>]*>[^<]*</dcterms:\1>")


def defused(text: str) -> str:
    """Keep a spreadsheet from taking a text, or a part of one, for a formula: an apostrophe goes before it.

    A part begins after a semicolon, a tab or a line's end, for a Swedish Excel that opens a file with commas
    divides its lines there. What cannot be seen does not hide the sign that a formula begins with.

    >>> defused("=HYPERLINK(1)"), defused("-5"), defused("ca 75"), defused("Kaffe;=1+1;")
    ("'=HYPERLINK(1)", "'-5", 'ca 75', "Kaffe;'=1+1;")
    """
    return _FORMULA.sub(r"\1'", text)


def same_everywhere(workbook: bytes, written: str = "") -> bytes:
    """Give a workbook without what differs from run to run and from machine to machine.

    openpyxl puts the time of day in the file and writes XML another way where lxml is installed, and
    compression differs between builds of zlib: so the XML is put in one form, and parts of ordinary size are
    stored as they are; only those of very large workbooks are compressed. `written` (ISO, UTC) is when the
    workbook says that it was written; without it, it does not say.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            content = _in_one_form(source.read(name))
            if name == "docProps/core.xml":
                content = _dated(content, written)
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.create_system = 0
            large = len(content) >= LARGE_PART
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED if large else zipfile.ZIP_STORED)
    return target.getvalue()


class _OneForm(XMLGenerator):
    """Writes XML in one form: namespaces where they are first used, attributes in order, every end tag.

    This is exclusive canonical XML as far as workbooks need it. The standard library's own follows prefixes
    that other libraries register for the whole process, and is then no XML.
    """

    def __init__(self, written: io.BytesIO) -> None:
        super().__init__(written, encoding="utf-8")
        self._known: list[dict[str, str]] = [{}]
        self._written: list[dict[str, str]] = [{}]

    def startDocument(self) -> None:
        """Leave out the declaration: XML is UTF-8 where nothing else is said."""

    def startElement(self, name: str, attrs: AttributesImpl[str]) -> None:
        spaces = {key: uri for key, uri in attrs.items() if key.split(":")[0] == "xmlns"}
        own = {key: value for key, value in attrs.items() if key not in spaces}
        known = self._known[-1] | {key.partition(":")[2]: uri for key, uri in spaces.items()}
        named = [name, *(key for key in own if ":" in key), *(own[key] for key in own if key == TYPE)]
        used = {prefix: known[prefix] for prefix in map(_prefix, named) if prefix in known}
        new = {prefix: uri for prefix, uri in used.items() if self._written[-1].get(prefix) != uri}
        self._known.append(known)
        self._written.append(self._written[-1] | new)
        declared = {f"xmlns:{prefix}" if prefix else "xmlns": new[prefix] for prefix in sorted(new)}
        ordered = sorted(own.items(), key=lambda pair: (":" in pair[0], pair[0]))
        super().startElement(name, AttributesImpl(declared | dict(ordered)))

    def endElement(self, name: str) -> None:
        self._known.pop()
        self._written.pop()
        super().endElement(name)


def _prefix(name: str) -> str:
    """Give the prefix of a name; "" for one that has none.

    >>> _prefix("r:id"), _prefix("sheet")
    ('r', '')
    """
    return name.rpartition(":")[0]


def _in_one_form(xml: bytes) -> bytes:
    written = io.BytesIO()
    parseString(xml, _OneForm(written))
    return written.getvalue()


def _dated(properties: bytes, written: str) -> bytes:
    if not written:
        return _DAYS.sub(b"", properties)
    return re.sub(rb">[^<]*(?=</dcterms:)", f">{written}".encode(), properties)
