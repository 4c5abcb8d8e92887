"""What a number format shows of a count."""

import pytest

from schemas.number_formats import Shown, shown_by, shows_texts

SHOWN = {
    Shown.AS_STORED: [
        "General",
        "0",
        "0.00",
        "#,##0",
        "#,##0_);(#,##0)",
        "#,##0_);-#,##0_);0_);@_)",
        "@",
        "#,###",
        '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)',
        '"n = "0',
        "[Red]0",
        "#,##0;-#,##0;",
        '0" arrests"',
        '#,##0;-#,##0;"0"',
        r"#\ ##0",
        "0_ ",
        "[$-409]#,##0",
        '#,##0;(#,##0);"\u2013"',
        '[=0]"-";#,##0',
        "[>=1000]#,##0;0",
        "[Red][<0]-0;0",
        r"#,##0_ ;[Red]\-#,##0\ ",
    ],
    Shown.AS_PERCENTAGE: ["0%", "0.00%", "[Red]0 %"],
    Shown.AS_DATE: [
        "yyyy-mm-dd",
        "mmmm yyyy",
        r'mmmm\ d", "yyyy',
        r"[$-409]d\-mmm\-yy;@",
        r"[$-F800]dddd\,\ mmmm\ dd\,\ yyyy",
        r"m/d/yy\ h:mm;@",
    ],
    Shown.OTHERWISE: [
        "#,##0,",
        "0,,",
        "0.0,",
        '0.0,"k"',
        '"12"',
        ";;;",
        '0" of 12"',
        "[>=1000]0.0,;0",
        '"x"',
        r"\5",
        '0"0"',
        '#"0"',
        'General"0"',
        r"0\.00",
        '0"."0',
        '0" thousand"',
        '0" %"',
        '"-"0',
        "#-#",
        '0"\u0663"',
        '0"K"',
        '"\u00bd"0',
        "-0",
        "(0)",
        '"~"0',
        "# ?/?",
        "?/4",
        "0/10",
        "0.0E+00",
        "0E+0",
        "$#,##0",
        "[$$-409]#,##0",
        "[$1]0",
        "0[$00]",
        "0*0",
        "*90",
        '0;;"5"',
        "0;0;7",
        "0:00",
        "0&0",
        "0 00",
        "General,",
        '"O"0',
        "[White]0",
        r"\t\h\o\u\s\a\n\d0",
        '_"" thousand"0',
        "h:mm",
        "[h]:mm:ss",
        'yyyy"-04"',
        "yyyy",
        "d.yyyy",
    ],
}


@pytest.mark.parametrize(("shown", "code"), [(shown, code) for shown, codes in SHOWN.items() for code in codes])
def test_a_format_shows_the_count_or_something_else(shown, code):
    assert shown_by(code) is shown


@pytest.mark.parametrize("code", ["General", "0", '"12"', "@", "_(@_)", "0;0;0;General", "yyyy;@", "0;;", '0"@"'])
def test_a_format_without_a_section_of_its_own_for_texts_shows_a_text(code):
    assert shows_texts(code)


@pytest.mark.parametrize("code", ['0;0;0;"99"', '"9"@', '@"9"', ";;;", "0;-0;0;", "@;0", "*9@"])
def test_a_format_may_show_another_text_or_none(code):
    assert not shows_texts(code)
