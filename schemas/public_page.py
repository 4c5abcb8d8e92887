"""The public page's contract: which tags, style and words it may have; no more.

What belongs here: reading a page against closed lists. What does not: which words these are, which is `public.py`.
"""

import html
import re

from schemas.operation import Family

STYLE = """\
html { color-scheme: light; color: #222b36; background: #fff; font: 1rem/1.55 system-ui, sans-serif; }
body { margin: 0; }
.wrap { max-width: 46rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem); }
.masthead { background: #1f3a5f; color: #fff; padding: .25rem 0; }
h1, h2 { color: #1f3a5f; line-height: 1.2; font-family: Charter, Cambria, Georgia, serif; text-wrap: balance; }
h1 { font-size: clamp(1.75rem, 1.3rem + 2vw, 2.5rem); margin: 2rem 0 .25rem; }
h2 { font-size: 1.375rem; margin: 0 0 .5rem; }
section { border-top: 1px solid #c3cbd4; padding: 1.5rem 0 .75rem; }
ul { margin: 0; padding: 0; list-style: none; }
li { padding: .375rem 0; font-size: 1.1875rem; }
p { margin: .5rem 0; }
.note { display: block; color: #56616e; font-size: .9375rem; }
.skip { position: absolute; left: -100vw; top: 0; background: #fff; color: #1b4f8f; padding: .75rem 1rem; }
.skip:focus { left: 0; }
:focus-visible { outline: 3px solid #b35900; outline-offset: 2px; }
@media print { .masthead { background: none; color: inherit; } .skip { display: none; } }
"""

_PLAIN = """
<!DOCTYPE html> <html lang="en-US"> <head> <meta charset="utf-8"> <meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title> <style> <body> <a class="skip" href="#main"> <header class="masthead"> <p class="wrap"> <h1>
<main id="main" class="wrap" tabindex="-1"> <p> <ul> <li> <span class="note"> <p class="note"> <footer class="wrap">
"""
_TAG = re.compile(r"(<[^>]*>)")
_OPENING = {
    *_TAG.findall(_PLAIN),
    *(tag for family in Family for tag in (f'<section aria-labelledby="{family}">', f'<h2 id="{family}">')),
}
_TAGS = _OPENING | {re.sub(r"<(\w+).*", r"</\1>", tag) for tag in _OPENING}


def page_faults(content: bytes, words: frozenset[str]) -> tuple[str, ...]:
    """Say what a page has beside tags of ours and the words it may have; a text is not repeated."""
    said = words | {"", STYLE.strip()}
    return tuple(
        f"{'a tag' if is_tag else 'text'} of {len(piece)} characters does not belong there"
        for n, piece in enumerate(map(str.strip, _TAG.split(content.decode(errors="replace"))))
        if (is_tag := bool(n % 2)) != (piece in _TAGS) or (not is_tag and html.unescape(piece) not in said)
    )
