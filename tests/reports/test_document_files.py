"""Files of documents: the same bytes each time, charts that hold our tables, and nothing outside its slide."""

import io
import json
import re
import shutil
import subprocess
import zipfile

import pytest

from sim.cli import main
from sim.parameters import BadInput
from sim.reports.document import extras
from sim.reports.document.feed import pages_of
from sim.reports.document.feed_tables import feed_table
from sim.reports.document.folder import document_of
from sim.reports.document.formats import DOCUMENT_FORMATS, find_format, write_document
from sim.reports.document.model import HEAT
from sim.reports.document.words import DocumentWords
from tests.support import made_up_claims, made_up_results

pptx = pytest.importorskip("pptx")
openpyxl = pytest.importorskip("openpyxl")


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """Documents of two folders, their words, and the files of every format."""
    place = tmp_path_factory.mktemp("files")
    made_up_results.comparison().write(place / "comparison")
    made_up_claims.write(place / "claims")
    result = {}
    for kind, language in (("comparison", "en"), ("claims", "de")):
        words = DocumentWords(language)
        document = document_of(place / kind, words)
        files = {name: write_document(document, words, name, place / f"{kind}.{name}") for name in DOCUMENT_FORMATS}
        result[kind] = document, words, files
    return result


@pytest.fixture(scope="module")
def decks(made):
    return {kind: pptx.Presentation(str(files["pptx"])) for kind, (_, _, files) in made.items()}


KINDS = ("comparison", "claims")


@pytest.mark.parametrize("name", DOCUMENT_FORMATS)
def test_the_same_folder_gives_the_same_bytes(made, name, tmp_path):
    document, words, files = made["claims"]
    again = write_document(document, words, name, tmp_path / "again")
    assert again.read_bytes() == files[name].read_bytes()


def test_a_format_that_is_not_known_names_the_others():
    with pytest.raises(BadInput, match="'pptxx' is not known. Did you mean pptx"):
        find_format("pptxx")


def test_a_missing_extra_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(BadInput, match=r"--format pdf needs typst.*customer-centricity\[documents\]"):
        extras.extra_package("typst", "pdf")


# --- presentations ---------------------------------------------------------------------------------------------------


def pages_drawn(document):
    forms = [exhibit for exhibit in document.exhibits if exhibit.form is not None and exhibit.form.kind != HEAT]
    return [page for exhibit in forms for page in pages_of(exhibit)]


def charts_of(deck):
    return [shape for slide in deck.slides for shape in slide.shapes if shape.has_chart]


@pytest.mark.parametrize("kind", KINDS)
def test_workbooks_in_charts_equal_the_tables_cell_by_cell(made, decks, kind):
    document, words, _ = made[kind]
    drawn = pages_drawn(document)
    charts = charts_of(decks[kind])
    assert len(charts) == len(drawn)
    for exhibit, frame in zip(drawn, charts, strict=True):
        blob = frame.chart.part.chart_workbook.xlsx_part.blob
        rows = list(openpyxl.load_workbook(io.BytesIO(blob)).active.iter_rows(values_only=True))
        table = feed_table(exhibit, words)
        assert rows[0] == tuple(column.title for column in table.columns)
        assert rows[1:] == [tuple(row) for row in table.rows]


@pytest.mark.parametrize("kind", KINDS)
def test_series_of_charts_hold_the_numbers_of_their_workbook(made, decks, kind):
    document, words, _ = made[kind]
    drawn = pages_drawn(document)
    for exhibit, frame in zip(drawn, charts_of(decks[kind]), strict=True):
        table = feed_table(exhibit, words)
        for place, series in enumerate(frame.chart.plots[0].series, start=1):
            assert list(series.values) == pytest.approx(table.values(f"value_{place}"))
            assert f"${chr(65 + place)}$2" in str([element.text for element in series._element.iter("{*}f")])


ORDER = ("idx", "order", "tx", "spPr", "invertIfNegative", "marker", "dPt", "dLbls", "errBars", "cat", "xVal", "val",
         "yVal", "smooth")  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
def test_children_of_series_stand_in_the_order_of_the_schema(decks, kind):
    for frame in charts_of(decks[kind]):
        for series in frame.chart.plots[0].series:
            names = [child.tag.rpartition("}")[2] for child in series._element]
            assert [ORDER.index(name) for name in names] == sorted(ORDER.index(name) for name in names)


@pytest.mark.parametrize("kind", KINDS)
def test_every_slide_has_notes_and_every_chart_and_table_an_alternative_text(decks, kind):
    for slide in decks[kind].slides:
        notes = slide.notes_slide.notes_text_frame.text
        assert json.loads(notes[notes.index("{") :])["simulation"] is True
        for shape in slide.shapes:
            if shape.has_chart or shape.has_table:
                assert shape._element.xpath(".//p:cNvPr")[0].get("descr")


@pytest.mark.parametrize("kind", KINDS)
def test_no_shape_covers_another_or_leaves_its_slide(decks, kind):
    deck = decks[kind]
    for number, slide in enumerate(deck.slides, start=1):
        boxes = [(shape.left, shape.top, shape.left + shape.width, shape.top + shape.height) for shape in slide.shapes]
        for left, top, right, bottom in boxes:
            assert 0 <= left < right <= deck.slide_width and 0 <= top < bottom <= deck.slide_height, number
        for place, one in enumerate(boxes):
            for other in boxes[place + 1 :]:
                apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
                assert apart, (number, one, other)


def template(path, layout="Title Only", drop_title=False):
    deck = pptx.Presentation()
    deck.slides.add_slide(deck.slide_layouts[0])
    own = deck.slide_layouts.get_by_name("Title Only")
    own.name = layout
    if drop_title:
        for holder in list(own.placeholders):
            holder._element.getparent().remove(holder._element)
    deck.save(str(path))
    return path


def test_a_template_gives_its_layout_and_size_and_not_its_slides(made, tmp_path):
    document, words, files = made["comparison"]
    path = write_document(document, words, "pptx", tmp_path / "own.pptx", template(tmp_path / "template.pptx"))
    deck = pptx.Presentation(str(path))
    assert (deck.slide_width, deck.slide_height) == (9144000, 6858000)
    assert {slide.slide_layout.name for slide in deck.slides} == {"Title Only"}
    assert deck.slides[0].shapes.title.text_frame.text == document.title


@pytest.mark.parametrize(
    ("change", "message"),
    [({"layout": "Mine"}, r"no layout 'Title Only'; layouts are .*'Mine'"), ({"drop_title": True}, "no placeholder")],
)  # fmt: skip
def test_a_template_that_lacks_something_is_refused(made, tmp_path, change, message):
    document, words, _ = made["comparison"]
    with pytest.raises(BadInput, match=message):
        write_document(document, words, "pptx", tmp_path / "own.pptx", template(tmp_path / "template.pptx", **change))


def test_a_template_that_is_no_presentation_is_refused(made, tmp_path):
    document, words, files = made["comparison"]
    with pytest.raises(BadInput, match="no presentation that can be read"):
        write_document(document, words, "pptx", tmp_path / "own.pptx", files["pdf"])
    with pytest.raises(BadInput, match="--template is for --format pptx"):
        write_document(document, words, "pdf", tmp_path / "own.pdf", files["pptx"])


# --- workbooks, pages, tables ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_a_workbook_opens_with_what_to_read_first_and_holds_every_table(made, kind):
    document, _, files = made[kind]
    book = openpyxl.load_workbook(files["xlsx"])
    assert book.sheetnames[0] == "README"
    for table in document.tables():
        if table.rows:
            sheet = book[table.name[:31]]
            assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.fitToHeight == 0
            rows = list(sheet.iter_rows(min_row=6, max_col=len(table.columns), values_only=True))
            assert rows == [tuple(row) for row in table.rows]
            assert len(sheet.tables) == 1 and sheet.freeze_panes == "A6"


def test_a_workbook_has_native_charts_and_formats_of_numbers(made):
    document, _, files = made["comparison"]
    book = openpyxl.load_workbook(files["xlsx"])
    with zipfile.ZipFile(files["xlsx"]) as archive:
        charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(charts) == sum(exhibit.form is not None for exhibit in document.exhibits)
    assert "EUR" in book["value"]["B6"].number_format


def test_a_page_needs_no_network_and_its_script_is_allowed_by_digest(made):
    page = made["comparison"][2]["html"].read_text(encoding="utf-8")
    assert "http" not in page.replace("http://www.w3.org", "").replace("http-equiv", "")
    assert "default-src 'none'" in page and "script-src 'sha256-" in page and " style=" not in page


def test_values_on_hover_are_those_of_the_tables(made):
    document, words, files = made["comparison"]
    page = files["html"].read_text(encoding="utf-8")
    exhibit = document.exhibits[0]
    found = re.search(rf'<script type="application/json" id="table-{exhibit.table.name}">(.*?)</script>', page)
    rows = json.loads(found[1])["rows"]
    assert rows[0][1] == words.value(exhibit.table.rows[0][1], "money")


def test_a_pdf_carries_its_fonts_and_title(made):
    pypdf = pytest.importorskip("pypdf")
    document, _, files = made["comparison"]
    pdf = pypdf.PdfReader(files["pdf"])
    assert pdf.metadata.title == document.title
    fonts = [font.get_object() for page in pdf.pages for font in page["/Resources"].get("/Font", {}).values()]
    inner = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert inner and all({"/FontFile2", "/FontFile3"} & set(descriptor) for descriptor in inner)


def test_a_decimal_comma_separates_cells_by_semicolons(made, tmp_path):
    document, _, _ = made["comparison"]
    path = write_document(document, DocumentWords(decimal=","), "csv", tmp_path / "tables.zip")
    with zipfile.ZipFile(path) as archive:
        head, first, *_ = archive.read("value.csv").decode().splitlines()
    assert head.startswith("pair;difference;low;high") and re.search(r";\d+,\d+|;\d\.?\d*e", first)


def test_a_latex_table_has_title_and_every_row(made):
    document, _, files = made["comparison"]
    text = files["tex"].read_text(encoding="utf-8")
    assert text.count(r"\begin{longtable}") == len(document.tables()) == text.count(r"\bottomrule")
    assert document.exhibits[0].title.split(" ")[0] in text


# --- the command -----------------------------------------------------------------------------------------------------


def test_the_command_writes_where_it_is_told_and_names_itself(tmp_path, capsys):
    made_up_results.comparison().write(tmp_path / "cmp")
    words = [
        "report",
        str(tmp_path / "cmp"),
        "--lang",
        "de",
        "--currency",
        "USD=1.08",
        "--out",
        str(tmp_path / "a.html"),
    ]
    assert main(words) == 0
    assert capsys.readouterr().out.strip() == str(tmp_path / "a.html")
    page = (tmp_path / "a.html").read_text(encoding="utf-8")
    assert "--lang de" in page and "--currency USD=1.08" in page and 'lang="de"' in page


@pytest.mark.parametrize("words", [("--lang", "fr"), ("--decimal", ";"), ("--format", "docx"), ("--currency", "USD")])
def test_what_cannot_be_had_is_refused(tmp_path, capsys, words):
    made_up_results.comparison().write(tmp_path / "cmp")
    assert main(["report", str(tmp_path / "cmp"), *words]) == 2
    assert words[1] in capsys.readouterr().err


@pytest.mark.slow
@pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftoppm")), reason="LibreOffice and poppler draw it"
)
@pytest.mark.parametrize("kind", KINDS)
def test_libreoffice_draws_every_slide(made, decks, kind, tmp_path):
    _, _, files = made[kind]
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf"]
    for name in ("pptx", "xlsx"):
        subprocess.run(
            [*command, "--outdir", str(tmp_path), str(files[name])], check=True, capture_output=True, timeout=300
        )
        subprocess.run(
            ["pdftoppm", "-r", "40", "-png", str(tmp_path / f"{kind}.pdf"), str(tmp_path / name)], check=True
        )
    from PIL import Image

    pictures = sorted(tmp_path.glob("pptx-*.png"))
    assert len(pictures) == len(decks[kind].slides)
    assert all(len(set(Image.open(picture).convert("L").getdata())) > 8 for picture in pictures)
    assert len(list(tmp_path.glob("xlsx-*.png"))) >= len(openpyxl.load_workbook(files["xlsx"]).sheetnames)


def test_a_folder_is_no_place_for_a_document(tmp_path, capsys):
    made_up_results.comparison().write(tmp_path / "cmp")
    assert main(["report", str(tmp_path / "cmp"), "--out", str(tmp_path)]) == 2
    assert "this is a folder; name a file" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["cmp"]
