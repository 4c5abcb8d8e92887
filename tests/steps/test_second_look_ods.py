"""What styles of an .ods workbook make of its numbers, rows and columns, told by a second look."""

import pytest

from flows.steps.second_look.ods import look_again
from schemas.cells import Hidden
from schemas.sheets import Concealed, TwoReadingsError

NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{urn}:1.0"'
    for name, urn in {
        "office": "office",
        "fo": "xsl-fo-compatible",
        "table": "table",
        "text": "text",
        "style": "style",
        "number": "datastyle",
    }.items()
)
DIGITS = '<number:number number:min-integer-digits="1"/>'


def part(styles="", rows="", columns="", after=""):
    return (
        f"<office:document {NAMES}><office:styles>{styles}</office:styles>"
        f'<table:table table:name="Counts">{columns}{rows}{after}</table:table></office:document>'
    ).encode()


def cell(style="", shown="2"):
    named = f' table:style-name="{style}"' if style else ""
    number = f' office:value-type="float" office:value="2"><text:p>{shown}</text:p>'
    return f"<table:table-cell{named}{number}</table:table-cell>"


def row(*cells, **attributes):
    said = "".join(f' table:{name.replace("_", "-")}="{value}"' for name, value in attributes.items())
    return f"<table:table-row{said}>{''.join(cells)}</table:table-row>"


def style(name, family="table-cell", parent="", data="", inside=""):
    more = f' style:parent-style-name="{parent}"' * bool(parent) + f' style:data-style-name="{data}"' * bool(data)
    return f'<style:style style:name="{name}" style:family="{family}"{more}>{inside}</style:style>'


def number(name, inside=DIGITS, kind="number-style"):
    return f'<number:{kind} style:name="{name}">{inside}</number:{kind}>'


def case(condition, name):
    return f'<style:map style:condition="{condition}" style:apply-style-name="{name}"/>'


SCALED = DIGITS.replace("/>", ' number:display-factor="1000"/>')
DISGUISES = {
    "thousands": number("N1", SCALED),
    "digits beside it": number("N1", f"{DIGITS}<number:text>00</number:text>"),
    "a word of scale": number("N1", f"{DIGITS}<number:text> thousand</number:text>"),
    "nothing": number("N1", ""),
    "a percentage": number("N1", DIGITS, "percentage-style"),
    "a day": number("N1", "<number:day/>", "date-style"),
    "thousands of what is positive": number("P", SCALED) + number("N1", f"{DIGITS}{case('value()&gt;=0', 'P')}"),
    "another number for zero": number("P") + number("N1", f"<number:text>7</number:text>{case('value()&gt;0', 'P')}"),
}
DISGUISES |= {
    "a currency": number("N1", f"<number:currency-symbol>1</number:currency-symbol>{DIGITS}", "currency-style"),
    "a digit that fills": number("N1", f"{DIGITS}<number:fill-character>0</number:fill-character>"),
    "a power of ten": number("N1", '<number:scientific-number number:min-exponent-digits="1"/>'),
    "a text": number("N1", "<number:text>99</number:text>", "text-style"),
}
ACCEPTED = {
    "plain": number("N1"),
    "thousands of what is negative": number("P", SCALED) + number("N1", f"{DIGITS}{case('value()&lt;0', 'P')}"),
    "brackets around what is negative": number("P")
    + number("N1", f"<number:text>(</number:text>{DIGITS}{case('value()&gt;=0', 'P')}"),
    "a dash for zero": number("P") + number("N1", f"<number:text>-</number:text>{case('value()&gt;0', 'P')}"),
    "a longer dash for zero": number("P")
    + number("N1", f"<number:text>\u2013</number:text>{case('value()&gt;0', 'P')}"),
    "as a text": number("N1", "<number:text-content/>", "text-style"),
    "words beside it": number("N1", f"{DIGITS}<number:text> arrests</number:text>"),
}


def hidden(content, styles=b""):
    return look_again(content, styles)["Counts"].hidden


@pytest.mark.parametrize("format", DISGUISES.values(), ids=DISGUISES)
def test_a_format_that_shows_another_number_is_told(format):
    assert hidden(part(format + style("ce1", data="N1"), row(cell("ce1"), cell()))) == {(1, 1): Hidden.SHOWN_OTHERWISE}


@pytest.mark.parametrize("format", ACCEPTED.values(), ids=ACCEPTED)
def test_a_format_that_shows_the_number_is_not(format):
    assert hidden(part(format + style("ce1", data="N1"), row(cell("ce1")))) == {}


WAYS = {
    "its own style": (style("x", data="N1"), "", row(cell("x"))),
    "a style beside the content": ("", style("x", data="N1"), row(cell("x"))),
    "the parent of its style": (style("x", parent="y") + style("y", data="N1"), "", row(cell("x"))),
    "a parent beside the content": (
        style("x", parent="y"),
        style("y", parent="z") + style("z", data="N1"),
        row(cell("x")),
    ),
    "the style of its row": (style("x", data="N1"), "", row(cell(), default_cell_style_name="x")),
    "the style of every cell": ("", style("Default", data="N1"), row(cell())),
    "a condition of its style": (
        style("x", inside=case("cell-content()&gt;1", "y")) + style("y", data="N1"),
        "",
        row(cell("x")),
    ),
}


@pytest.mark.parametrize(("own", "beside", "rows"), WAYS.values(), ids=WAYS)
def test_a_format_is_followed_however_a_cell_comes_by_it(own, beside, rows):
    assert hidden(part(own, rows), part(number("N1", SCALED) + beside)) == {(1, 1): Hidden.SHOWN_OTHERWISE}


def test_a_style_of_the_content_and_a_nearer_one_go_before():
    beside = part(number("N1", SCALED) + style("x", data="N1") + style("y", data="N1"))
    own = number("N2") + style("x", data="N2") + style("z", parent="y", data="N2")
    assert hidden(part(own, row(cell("x"), cell("z"), cell("x"), default_cell_style_name="y")), beside) == {}


def test_styles_that_inherit_from_each_other_end():
    assert hidden(part(style("x", parent="y") + style("y", parent="x"), row(cell("x")))) == {}


def test_a_mark_is_inherited_and_taken_off_again():
    struck = '<style:text-properties style:text-line-through-style="solid"/>'
    plain = '<style:text-properties style:text-line-through-style="none"/>'
    styles = style("x", inside=struck) + style("y", parent="x") + style("z", parent="x", inside=plain)
    assert hidden(part(styles, row(cell("y"), cell("z")))) == {(1, 1): Hidden.RAISED_OR_STRUCK}


@pytest.mark.parametrize(
    "rule",
    [
        '<table:condition table:apply-style-name="Shown_otherwise"/>',
        '<table:data-bar table:show-value="false"/>',
    ],
    ids=["a style", "a bar alone"],
)
def test_a_condition_that_may_show_another_number_is_told(rule):
    named = style("x", data="N1").replace("style:name", 'style:display-name="Shown_otherwise" style:name')
    formats = (
        "<table:conditional-formats><table:conditional-format "
        f'table:target-range-address="Counts.B1:Counts.B2 $Counts.$C$1">{rule}</table:conditional-format>'
        "</table:conditional-formats>"
    )
    found = hidden(part(number("N1", SCALED) + named, row(cell(), cell(), cell(), cell()), after=formats))
    assert found == {(1, 2): Hidden.SHOWN_OTHERWISE, (1, 3): Hidden.SHOWN_OTHERWISE}


def sized(family, attribute, size):
    return style("s", f"table-{family}", inside=f'<style:table-{family}-properties style:{attribute}="{size}"/>')


@pytest.mark.parametrize(
    ("size", "is_hidden"),
    [
        ("0cm", True),
        ("0", True),
        ("0.01cm", True),
        (".5pt", True),
        ("5pt", True),
        ("10pt", False),
        ("0.5cm", False),
        ("0.2in", False),
    ],
)
def test_a_row_or_a_column_too_small_to_be_seen_is_hidden(size, is_hidden):
    low = part(sized("row", "row-height", size), row(cell()) + row(cell(), style_name="s"))
    narrow = part(
        sized("column", "column-width", size),
        row(cell(), cell()),
        '<table:table-column/><table:table-column table:style-name="s"/>',
    )
    assert look_again(low, b"")["Counts"].concealed == Concealed(rows=(2,) if is_hidden else ())
    assert look_again(narrow, b"")["Counts"].concealed == Concealed(columns=((2, 2),) if is_hidden else ())


def test_a_group_that_is_folded_hides_its_rows_and_columns():
    def group(kind, inside, display="false"):
        return f'<table:table-{kind}-group table:display="{display}">{inside}</table:table-{kind}-group>'

    rows = row(cell()) + group("row", group("row", row(cell()), "true")) + group("row", row(cell()), "true")
    columns = "<table:table-column/>" + group("column", "<table:table-column/>")
    assert look_again(part("", rows, columns), b"")["Counts"].concealed == Concealed(rows=(2,), columns=((2, 2),))


def colored(**look):
    """Return the style of a cell whose letters or paper have a color."""
    letters = "".join(f' fo:{name.replace("_", "-")}="{value}"' for name, value in look.items() if name != "paper")
    paper = f'<style:table-cell-properties fo:background-color="{look["paper"]}"/>' if "paper" in look else ""
    return style("x", inside=f"{paper}<style:text-properties{letters}/>")


@pytest.mark.parametrize(
    ("look", "is_hidden"),
    [
        ({"color": "#ffffff"}, True),
        ({"color": "#ffffff", "paper": "transparent"}, True),
        ({"color": "#1F3A5F", "paper": "#1f3a5f"}, True),
        ({"paper": "#000000"}, True),
        ({"font_size": "1pt"}, True),
        ({"color": "#ffffff", "paper": "#1f3a5f"}, False),
        ({"color": "#ffffff", "paper": "#1f3a5f", "background_color": "transparent"}, False),
        ({"color": "#ffff00"}, False),
        ({"font_size": "80%"}, False),
        ({"font_size": "6pt"}, False),
    ],
)
def test_a_number_in_the_color_of_its_paper_or_too_small_to_be_seen_is_told(look, is_hidden):
    expected = {(1, 1): Hidden.SHOWN_OTHERWISE} if is_hidden else {}
    assert hidden(part(colored(**look), row(cell("x"), cell()))) == expected


def test_a_currency_is_looked_at_like_a_number():
    shown = number("N1", f"<number:text>9</number:text>{DIGITS}") + style("x", data="N1")
    money = cell("x").replace('"float"', '"currency"')
    assert hidden(part(shown, row(money))) == {(1, 1): Hidden.SHOWN_OTHERWISE}


def test_a_text_and_a_day_that_their_formats_show_as_others_are_told():
    formats = (
        number("N1", "<number:text>9</number:text><number:text-content/>", "text-style")
        + number("N2", "<number:year/><number:text>-04</number:text>", "date-style")
        + number("N3", "<number:year/><number:text>-</number:text><number:month/>", "date-style")
    )
    styles = "".join(style(f"x{nth}", data=f"N{nth}") for nth in (1, 2, 3))
    text = '<table:table-cell table:style-name="x1" office:value-type="string"><text:p>12</text:p></table:table-cell>'
    days = (f'<table:table-cell table:style-name="x{nth}" office:value-type="date"/>' for nth in (2, 3))
    found = hidden(part(formats + styles, row(text, *days)))
    assert found == {(1, 1): Hidden.SHOWN_OTHERWISE, (1, 2): Hidden.SHOWN_OTHERWISE}


def test_a_number_repeated_over_its_cell_is_told():
    repeated = style("x", inside='<style:table-cell-properties style:repeat-content="true"/>')
    assert hidden(part(repeated, row(cell("x")))) == {(1, 1): Hidden.SHOWN_OTHERWISE}


def test_a_style_that_stands_twice_is_refused():
    with pytest.raises(TwoReadingsError):
        look_again(part(style("x") + style("x"), row(cell("x"))), b"")
