"""The search for what is withheld finds it wherever in a file somebody could have left it."""

import base64
import io

import docx
import openpyxl
import pikepdf
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from told_texts import number_in, texts_of

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="720" height="310">{}</svg>'


def page(body: str) -> bytes:
    return (
        f'<!DOCTYPE html><html lang="sv"><head><title>Sida</title></head><body>{body}</body></html>'.encode()
    )


def picture(inside: str) -> bytes:
    drawn = base64.b64encode(SVG.format(inside).encode()).decode()
    return page(f'<img src="data:image/svg+xml;base64,{drawn}" alt="Ett diagram">')


def workbook(change) -> bytes:
    book = openpyxl.Workbook()
    change(book)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def hide_a_sheet(book: openpyxl.Workbook) -> None:
    hidden = book.create_sheet("Underlag")
    hidden.append(["Ockelbo", 4711])
    hidden.sheet_state = "hidden"


def comment(book: openpyxl.Workbook) -> None:
    book.active["A1"].comment = Comment("Ockelbo: 4711", "Kansliet")


def describe(book: openpyxl.Workbook) -> None:
    book.properties.description = "Ockelbo 4711"


def name_a_cell(book: openpyxl.Workbook) -> None:
    book.defined_names["ockelbo"] = DefinedName("ockelbo", attr_text="4711")


def head(book: openpyxl.Workbook) -> None:
    book.active.oddHeader.left.text = "4711 personer"


def document(change) -> bytes:
    made, target = docx.Document(), io.BytesIO()
    change(made)
    made.save(target)
    return target.getvalue()


def table_in(made) -> None:
    made.add_table(1, 2).rows[0].cells[1].text = "4 711"


def property_of(made) -> None:
    made.core_properties.comments = "Ockelbo 4711"


def note_in(made) -> None:
    made.add_comment(made.add_paragraph("Ockelbo").runs, "4711 personer", "Kansliet")


def pdf(change) -> bytes:
    made, target = pikepdf.new(), io.BytesIO()
    made.add_blank_page()
    change(made)
    made.save(target)
    return target.getvalue()


def inform(made: pikepdf.Pdf) -> None:
    made.docinfo["/Keywords"] = "Ockelbo 4711"


def say_aloud(made: pikepdf.Pdf) -> None:
    made.Root.Figure = made.make_indirect(pikepdf.Dictionary(S=pikepdf.Name.Figure, Alt="Ockelbo 4711"))


def add_metadata(made: pikepdf.Pdf) -> None:
    with made.open_metadata() as metadata:
        metadata["dc:description"] = "Ockelbo 4711"


PLANTED = {
    "a cell": ("a.html", page("<table><tr><th>Ockelbo</th><td>4\u00a0711</td></tr></table>")),
    "a sentence": ("a.html", page("<p>I Ockelbo fanns <b>4711</b> personer.</p>")),
    "text by itself": ("a.html", page("<div>Ockelbo 4711</div>")),
    "an alternative text": ("a.html", page('<img src="#" alt="Ockelbo: 4711.">')),
    "another attribute": ("a.html", page('<td data-value="4711">..</td>')),
    "a class": ("a.html", page('<td class="w 4711">..</td>')),
    "a comment": ("a.html", page("<!-- 4711 --><p>..</p>")),
    "a style": ("a.html", page('<style>@page{content:"4711"}</style>')),
    "a text of a picture": ("a.html", picture("<text x='1' y='2'>4711</text>")),
    "a title of a picture": ("a.html", picture("<g><title>Ockelbo 4711</title></g>")),
    "a description of a picture": ("a.html", picture("<desc>4711</desc>")),
    "metadata of a picture": ("a.html", picture("<metadata><n>4711</n></metadata>")),
    "a comment in a picture": ("a.html", picture("<!-- 4711 -->")),
    "a name in a picture": ("a.html", picture("<path id='bar 4711' d='M0 0'/>")),
    "a line of data": ("a.csv", b"municipality,value\nOckelbo,4711\n"),
    "a record": ("a.json", b'{"rows": [{"municipality": "Ockelbo", "value": 4711}]}'),
    "a hidden sheet": ("a.xlsx", workbook(hide_a_sheet)),
    "a comment of a cell": ("a.xlsx", workbook(comment)),
    "a property of a workbook": ("a.xlsx", workbook(describe)),
    "a defined name": ("a.xlsx", workbook(name_a_cell)),
    "the head of a printed sheet": ("a.xlsx", workbook(head)),
    "a table of a document": ("a.docx", document(table_in)),
    "a property of a document": ("a.docx", document(property_of)),
    "a comment of a document": ("a.docx", document(note_in)),
    "a property of a PDF": ("a.pdf", pdf(inform)),
    "an alternative text of a PDF": ("a.pdf", pdf(say_aloud)),
    "metadata of a PDF": ("a.pdf", pdf(add_metadata)),
    "a file's name": ("ockelbo 4711.csv", b""),
    "a line of a run": ("a.txt", "Ockelbo: 4711 personer döljs".encode()),
}


@pytest.mark.parametrize("where", PLANTED)
def test_a_planted_leak_is_found(where):
    name, content = PLANTED[where]
    assert any(number_in(text, 4711) for _, text in texts_of({name: content}))
    assert not any(number_in(text, 4712) for _, text in texts_of({name: content}))


@pytest.mark.parametrize("where", ["x", "y", "width"])
def test_places_and_lengths_of_a_picture_are_not_taken_for_figures(where):
    drawn = picture(f"<rect {where}='4711'/>")
    assert not any(number_in(text, 4711) for _, text in texts_of({"a.html": drawn}))


@pytest.mark.parametrize(
    "text", ["24711", "47110", "4711,5", "4.711.000", "12 4711x", "#4711", "3 4 711", "−4711"]
)
def test_another_number_is_not_taken_for_the_one_that_is_searched_for(text):
    assert not number_in(text, 4711)


@pytest.mark.parametrize(
    "text", ["4711", "4 711", "4\u00a0711", "4.711", "(4711)", "ca 4711 av 5000", "värde:4711."]
)
def test_a_number_is_found_however_it_is_written(text):
    assert number_in(text, 4711)


def test_a_kind_of_file_that_nobody_can_read_here_is_an_error():
    with pytest.raises(KeyError):
        list(texts_of({"a.bin": b"4711"}))
