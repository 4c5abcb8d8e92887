"""A draft is the same text whatever kind of file it is in; what cannot be read is said in one line."""

import html
import io
import re
import zipfile

import pytest

from flows.manuscript import LARGEST_TEXT, ManuscriptError, read_manuscript
from sample_release import DRAFT, DRAFT_FILE, checked
from schemas.prose import FigureVerdict

_NAMES = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def paragraphs(draft):
    """Return the draft's paragraphs and list items, without Markdown's marks."""
    blocks = re.split(r"\n\s*\n|\n(?=\d\. )", draft)
    return [re.sub(r"^#+ |\*\*", "", " ".join(block.split())) for block in blocks]


def run(text, properties=""):
    return f'<w:r>{properties}<w:t xml:space="preserve">{html.escape(text)}</w:t></w:r>'


def docx(*bodies, **parts):
    """Return a Word document of paragraphs, each given as the XML of its runs."""
    body = "".join(body if body.startswith("<w:tbl") else f"<w:p>{body}</w:p>" for body in bodies)
    document = f"<w:document {_NAMES} {_MC}><w:body>{body}</w:body></w:document>"
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        for name, content in {"document": document, **parts}.items():
            archive.writestr(f"word/{name}.xml", content)
    return saved.getvalue()


def read(tmp_path, name, content):
    (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_manuscript(tmp_path / name)


def verdicts(text):
    return [(" ".join(f.text.split()), f.claim, f.verdict, f.reason) for f in checked(text)]


def test_a_text_or_markdown_file_is_read_as_it_is(tmp_path):
    assert read_manuscript(DRAFT_FILE) == DRAFT
    assert read(tmp_path, "draft.txt", b"\xef\xbb\xbf2,300\r\narrests") == "2,300 \narrests"
    assert read(tmp_path, "draft.txt", "2,300 arrests".encode("utf-16")) == "2,300 arrests"


def test_the_draft_as_a_word_document_gives_the_same_verdicts(tmp_path):
    text = read(tmp_path, "draft.docx", docx(*(run(paragraph) for paragraph in paragraphs(DRAFT))))
    assert verdicts(text) == verdicts(DRAFT)


def test_the_draft_as_a_page_gives_the_same_verdicts(tmp_path):
    page = "".join(f"<p>{html.escape(paragraph)}</p>\n" for paragraph in paragraphs(DRAFT))
    text = read(tmp_path, "draft.html", f"<!DOCTYPE html><html><head><style>p {{ margin: 9px }}</style></head>{page}")
    assert verdicts(text) == verdicts(DRAFT)


def test_a_figure_split_into_runs_of_a_word_document_is_one_figure(tmp_path):
    bold = "<w:rPr><w:b/></w:rPr>"
    text = read(tmp_path, "draft.docx", docx(run("More than ") + run("2,", bold) + run("300") + run(" arrests")))
    assert text == "More than 2,300 arrests\n"


def test_what_is_marked_as_deleted_in_a_word_document_is_not_read_and_what_is_inserted_is(tmp_path):
    deleted = "<w:del><w:r><w:delText>2,400</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run('2,500')}</w:moveFrom>"
    inserted = f"<w:ins>{run('2,300')}</w:ins>"
    assert read(tmp_path, "draft.docx", docx(run("Over ") + deleted + moved + inserted)) == "Over 2,300\n"


def test_a_text_box_of_a_word_document_is_read_once(tmp_path):
    box = f"<w:p>{run('61 task forces')}</w:p>"
    choice = f"<mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    text = read(tmp_path, "draft.docx", docx(f"<w:r><mc:AlternateContent>{choice}</mc:AlternateContent></w:r>"))
    assert text == "61 task forces\n"


def test_rows_of_tables_are_lines_and_footnotes_are_read_too(tmp_path):
    cells = "".join(f"<w:tc><w:p>{run(cell)}</w:p></w:tc>" for cell in ("Arrests", "2,347"))
    footnotes = f"<w:footnotes {_NAMES}><w:footnote><w:p>{run('61 task forces.')}</w:p></w:footnote></w:footnotes>"
    word = docx(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>", footnotes=footnotes)
    assert read(tmp_path, "draft.docx", word) == "Arrests | 2,347\n\n61 task forces.\n"
    page = "<table><tr><th>Arrests</th><td>2,347</td></tr></table>"
    assert read(tmp_path, "draft.html", page) == "| Arrests | 2,347\n"


def test_a_raised_number_is_a_footnote_and_does_not_lengthen_the_figure(tmp_path):
    raised = run("1", '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>')
    assert read(tmp_path, "draft.docx", docx(run("2,300") + raised + run(" arrests"))) == "2,300[1] arrests\n"
    assert read(tmp_path, "draft.html", "<p>2,300<sup>1</sup> arrests") == "2,300[1] arrests\n"


def test_a_text_is_as_long_as_its_file_after_the_byte_order_mark(tmp_path):
    content = "\ufeffMore\r\nthan 2,\u200b300\u00ad arrests\rwere made."
    text = read(tmp_path, "draft.txt", content)
    (figure,) = checked(text)
    assert (text, figure.verdict) == (content[1:].replace("\r\n", " \n").replace("\r", "\n"), FigureVerdict.SUPPORTED)
    assert content[1:][figure.start : figure.end] == figure.text == "2,\u200b300"


def test_a_heading_is_marked_so_that_what_it_narrows_is_known(tmp_path):
    styled = '<w:pPr><w:pStyle w:val="Heading2"/></w:pPr>'
    assert (
        read(tmp_path, "draft.docx", docx(styled + run("Texas"), run("2,347 arrests"))) == "## Texas\n\n2,347 arrests\n"
    )
    assert read(tmp_path, "draft.html", "<h2>Texas</h2><p>2,347 arrests</p>") == "## Texas\n\n2,347 arrests\n"


def test_scripts_and_styles_of_a_page_are_no_prose(tmp_path):
    page = (
        "<title>A</title><script>var a = 9;</script><style>p { top: 9px }</style><p>B<br>C &amp; D<!-- 9 <!-- 9 --></p>"
    )
    assert read(tmp_path, "draft.html", page) == "A\n\nB\nC & D\n"


DAMAGED = "is damaged, or no Word document; open it, save it again as .docx"
BOMB = f'<!DOCTYPE a [<!ENTITY b "c">]><w:document {_NAMES}/>'


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("draft.pdf", b"%PDF", "only .txt, .md, .docx and .html can be read; save it as one of these"),
        ("draft.txt", b"", "there is no text in it"),
        ("draft.txt", b"caf\xe9", "is not written in UTF-8; save it as UTF-8"),
        ("draft.md", b"a\0b", "is not a text; save it as .txt, .md, .docx or .html"),
        ("draft.txt", b"a" * (LARGEST_TEXT + 1), "is longer than 100,000 characters; check one release at a time"),
        ("draft.docx", b"no zip", DAMAGED),
        ("draft.docx", docx(run("2,300"))[:-30], DAMAGED),
        ("draft.docx", docx("<w:r>"), DAMAGED),
        ("draft.docx", docx(document=BOMB), "holds more than a release does; copy its text into a new document"),
        (
            "draft.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
            "is protected by a password, or an old .doc; save it as .docx without a password",
        ),
        ("draft.html", b"<p></p>", "there is no text in it"),
        (
            "draft.html",
            b"<p " * 90_000,
            "is too large or does not close its tags; save the text of the page as .txt",
        ),
        ("draft.html", b"<!--" * 90_000, "there is no text in it"),
        (
            "draft.docx",
            docx("<w:a>" * 9_000 + "</w:a>" * 9_000),
            "is nested too deeply; copy its text into a new document",
        ),
    ],
)
def test_what_cannot_be_read_is_said_in_one_line(tmp_path, name, content, said):
    with pytest.raises(ManuscriptError) as refusal:
        read(tmp_path, name, content)
    assert str(refusal.value) == f"{tmp_path / name}: {said}"


def test_a_zip_that_is_no_word_document_is_said(tmp_path):
    saved = io.BytesIO()
    zipfile.ZipFile(saved, "w").close()
    with pytest.raises(ManuscriptError, match=r"is no Word document; save it as \.docx"):
        read(tmp_path, "draft.docx", saved.getvalue())


def test_a_part_that_unpacks_to_more_than_a_release_is_not_unpacked(tmp_path):
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 21_000_000)
    with pytest.raises(ManuscriptError, match="holds more than a release does"):
        read(tmp_path, "draft.docx", saved.getvalue())


def test_no_file_or_a_folder_is_said(tmp_path):
    (tmp_path / "folder.md").mkdir()
    with pytest.raises(ManuscriptError, match=r"none\.md: cannot be read \(No such file or directory\)"):
        read_manuscript(tmp_path / "none.md")
    with pytest.raises(ManuscriptError, match=r"folder\.md: cannot be read \(Is a directory\)"):
        read_manuscript(tmp_path / "folder.md")
