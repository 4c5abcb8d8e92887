"""What a number format shows of a count."""

import pytest

from schemas.number_formats import Shown, shown_by

SHOWN = {
    Shown.AS_STORED: [
        "General",
        "0",
        "0.00",
        "#,##0",
        "#,##0_);(#,##0)",
        "#,##0_);-#,##0_);0_);@_)",
        "@",
        "# ?/?",
        "0.0E+00",
        "#,###",
        '_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)',
        '"n = "0',
        "[Red]0",
        "#,##0;-#,##0;",
        '0" arrests"',
        "[$$-409]#,##0",
        '#,##0;-#,##0;"0"',
        "$#,##0",
        r"#\ ##0",
    ],
    Shown.AS_PERCENTAGE: ["0%", "0.00%", "[Red]0 %"],
    Shown.AS_DATE: ["yyyy-mm-dd", "mmmm yyyy", "h:mm", "[h]:mm:ss"],
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
    ],
}


@pytest.mark.parametrize(("shown", "code"), [(shown, code) for shown, codes in SHOWN.items() for code in codes])
def test_a_format_shows_the_count_or_something_else(shown, code):
    assert shown_by(code) is shown
