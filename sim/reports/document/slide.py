"""One slide and the deck it belongs to: where title, subtitle, body, remarks and note stand."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.parameters import BadInput
from sim.reports.document.drawing import INK, SLATE, wrap
from sim.reports.document.extras import extra_package

LAYOUT = "Title Only"  # of the client's template too; its title placeholder is filled
SLIDE_WIDTH = (12192000, 6858000)  # 13.33 by 7.5 inches [EMU]
EMU_OF_POINT = 12700
TITLE, SUBTITLE, BODY, NOTE = 24, 14, 14, 10  # sizes of text [pt]
MARGIN, TOP, GAP = 485000, 320000, 90000
TITLE_HEIGHT, SUBTITLE_HEIGHT, NOTE_HEIGHT, REMARK_HEIGHT = 780000, 520000, 270000, 500000
LEAST_BODY = 2000000  # height of a body below which a template has no room for a chart
FONT = "Arial"

SlideBox = tuple[int, int, int, int]


@dataclass(frozen=True)
class Deck:
    """A presentation in the making.

    Args:
        presentation: The presentation.
        layout: Layout of every slide.
        plain: Whether it is ours, so that title and fonts are set; a client's template keeps its own.
    """

    presentation: Any
    layout: Any
    plain: bool

    @staticmethod
    def open(template: Path | None) -> "Deck":
        """A plain deck, or one with the layouts of a client's template, whose own slides are left out.

        Raises:
            BadInput: It is no presentation, or lacks the layout or its title.
        """
        pptx = extra_package("pptx", "pptx")
        if template is None:
            presentation = pptx.Presentation()
            presentation.slide_width, presentation.slide_height = SLIDE_WIDTH
            return Deck(presentation, _layout(presentation, "the plain deck"), True)
        try:
            presentation = pptx.Presentation(str(template))
        except Exception as trouble:  # the library raises its own, of zipfile and of lxml
            raise BadInput(f"--template {template}: this is no presentation that can be read ({trouble})") from trouble
        deck = Deck(presentation, _layout(presentation, f"--template {template}"), False)
        if deck.body(subtitle=True, note=True)[3] < LEAST_BODY:
            raise BadInput(f"--template {template}: below the title of {LAYOUT!r} there is no room for a chart")
        _empty(presentation)
        return deck

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of a slide. [EMU]"""
        return int(self.presentation.slide_width), int(self.presentation.slide_height)

    def title_box(self) -> SlideBox:
        """Where the title stands. [EMU]"""
        if self.plain:
            return MARGIN, TOP, self.size[0] - 2 * MARGIN, TITLE_HEIGHT
        place = _title_of(self.layout)
        return int(place.left), int(place.top), int(place.width), int(place.height)

    def body(self, subtitle: bool = False, note: bool = False) -> SlideBox:
        """What is left between title, subtitle and note. [EMU]"""
        left, top, width, height = self.title_box()
        first = top + height + GAP + (SUBTITLE_HEIGHT + GAP if subtitle else 0)
        last = self.size[1] - TOP // 2 - (NOTE_HEIGHT + GAP if note else 0)
        return left, first, width, last - first

    def add(self, title: str) -> "Slide":
        """A new slide with its title."""
        slide = self.presentation.slides.add_slide(self.layout)
        holder = slide.shapes.title
        if self.plain:
            holder.left, holder.top, holder.width, holder.height = self.title_box()
        holder.text_frame.text = title
        made = Slide(slide, self)
        if self.plain:
            made.dress(holder.text_frame, TITLE, bold=True)
            holder.text_frame.margin_left = holder.text_frame.margin_right = 0
            holder.text_frame.vertical_anchor = extra_package("pptx.enum.text", "pptx").MSO_ANCHOR.BOTTOM
        return made


def _layout(presentation: Any, where: str) -> Any:
    names = [layout.name for layout in presentation.slide_layouts]
    if LAYOUT not in names:
        raise BadInput(f"{where}: there is no layout {LAYOUT!r}; layouts are {', '.join(map(repr, names)) or 'none'}. "
                       f"Name the layout with a title and free room below it {LAYOUT!r}")  # fmt: skip
    layout = presentation.slide_layouts.get_by_name(LAYOUT)
    if _title_of(layout) is None:
        raise BadInput(f"{where}: the layout {LAYOUT!r} has no placeholder for a title; add one")
    return layout


def _title_of(layout: Any) -> Any:
    kinds = extra_package("pptx.enum.shapes", "pptx").PP_PLACEHOLDER
    for holder in layout.placeholders:
        if holder.placeholder_format.type in (kinds.TITLE, kinds.CENTER_TITLE):
            return holder
    return None


def _empty(presentation: Any) -> None:
    """Take the template's own slides out."""
    slides = presentation.slides._sldIdLst
    for entry in list(slides):
        presentation.part.drop_rel(entry.rId)
        slides.remove(entry)


@dataclass(frozen=True)
class Slide:
    """One slide.

    Args:
        slide: The slide of the library.
        deck: Its deck.
    """

    slide: Any
    deck: Deck

    @property
    def shapes(self) -> Any:
        """Its shapes."""
        return self.slide.shapes

    def dress(self, frame: Any, size: float, colour: str = INK, bold: bool = False) -> None:
        """Size, colour and left alignment of all text of a frame; fonts of a client's template stay."""
        alignment = extra_package("pptx.enum.text", "pptx").PP_ALIGN
        points, colours = extra_package("pptx.util", "pptx").Pt, extra_package("pptx.dml.color", "pptx").RGBColor
        frame.word_wrap = True
        for paragraph in frame.paragraphs:
            paragraph.alignment = alignment.LEFT
            for run in paragraph.runs:
                run.font.size, run.font.bold = points(size), bold
                if self.deck.plain:
                    run.font.name, run.font.color.rgb = FONT, colours.from_string(colour.lstrip("#"))

    def write(self, box: SlideBox, lines: list[str], size: float, colour: str = INK) -> Any:
        """A text box with one paragraph a line."""
        holder = self.shapes.add_textbox(*box)
        frame = holder.text_frame
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        frame.text = "\n".join(lines)
        self.dress(frame, size, colour)
        return holder

    def write_subtitle(self, text: str) -> None:
        """Metric, unit, period and interval, below the title."""
        left, top, width, height = self.deck.title_box()
        fits = len(wrap(text, width / EMU_OF_POINT, SUBTITLE)) <= 2
        self.write(
            (left, top + height + GAP, width, SUBTITLE_HEIGHT), [text], SUBTITLE if fits else SUBTITLE - 3, SLATE
        )

    def write_note(self, text: str) -> None:
        """The line at the foot that says where the numbers come from."""
        left, _, width, _ = self.deck.title_box()
        top = self.deck.size[1] - TOP // 2 - NOTE_HEIGHT
        self.write((left, top, width, NOTE_HEIGHT), [text], NOTE, SLATE)

    def chart_box(self, remarks: int) -> SlideBox:
        """Where a chart stands. [EMU]

        Args:
            remarks: Remarks below it.
        """
        left, top, width, height = self.deck.body(subtitle=True, note=True)
        return left, top, width, height - remarks * REMARK_HEIGHT - (GAP if remarks else 0)

    def write_remarks(self, texts: list[str], chart: SlideBox) -> None:
        """Remarks below a chart."""
        if texts:
            left, top, width, height = chart
            size = BODY - 1 if all(len(wrap(text, width / EMU_OF_POINT, BODY - 1)) <= 2 for text in texts) else BODY - 3
            self.write((left, top + height + GAP, width, len(texts) * REMARK_HEIGHT), texts, size)

    def write_paragraphs(self, texts: list[str]) -> None:
        """Paragraphs as the body of a slide."""
        left, top, width, height = self.deck.body(note=True)
        lines = sum(len(wrap(text, width / EMU_OF_POINT, BODY)) for text in texts)
        size = BODY if lines * BODY * 1.4 * EMU_OF_POINT <= height else BODY - 3
        self.write((left, top, width, height), texts, size)

    def describe(self, frame: Any, text: str) -> None:
        """Alternative text of a chart, table or picture."""
        frame._element.xpath(".//p:cNvPr")[0].set("descr", text)

    def write_notes(self, text: str) -> None:
        """Notes of the speaker."""
        self.slide.notes_slide.notes_text_frame.text = text
