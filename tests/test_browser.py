"""The pages in a real browser: accessible on desktop and phone, readable at 400% zoom, usable from the keyboard."""

import datetime as dt
import shutil

import pytest

from flows.inbox import find_workbooks, take
from flows.judgement import judge_batch
from flows.reports.outputs import outputs
from flows.reports.pages.release import release_page
from flows.reports.rule_table import rules_as_page
from recorded import take_snapshot
from sample_release import DRAFT, checked, sample_basis
from sample_workbook import AS_OF, OPERATION, SAMPLE
from schemas.submission import Receipt

sync_api = pytest.importorskip("playwright.sync_api", reason="needs pip install axe-playwright-python")
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="needs pip install axe-playwright-python")

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="needs a Chromium: apt-get install chromium"),
]

DESKTOP, PHONE, AT_400_PERCENT = 1280, 360, 320
NEEDS_ATTENTION = SAMPLE.parent / "needs-attention"
REPORT = "internal/states/{}/report.html"
PAGES = [
    "good/index.html",
    "good/public/index.html",
    *(f"good/{REPORT.format(state)}" for state in ("AL", "CA")),
    "needs-attention/index.html",
    *(f"needs-attention/{REPORT.format(state)}" for state in ("CA", "CO", "NC", "OH", "OK", "WY")),
    "both/index.html",
    f"both/{REPORT.format('AZ')}",
    "early/index.html",
    f"early/{REPORT.format('TX')}",
    "rules.html",
    "release.html",
    "release-early.html",
]


def taken(folders, as_of=AS_OF):
    arrivals = take([file for folder in folders for file in find_workbooks(folder)]).arrivals
    receipts = [Receipt(arrival.file, arrival.sha256, as_of) for arrival in arrivals]
    judged = judge_batch(OPERATION, arrivals, as_of=as_of)
    return take_snapshot(OPERATION, receipts, [judged], as_of=as_of)


def release(text, *without):
    return release_page(OPERATION, sample_basis(*without), text, checked(text, without))


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root = tmp_path_factory.mktemp("site")
    good, attention, both = taken([SAMPLE]), taken([NEEDS_ATTENTION]), taken([SAMPLE, NEEDS_ATTENTION])
    sites = {
        "good": dict(outputs(good, attention)),
        "needs-attention": dict(outputs(attention)),
        "both": dict(outputs(both, attention)),
        "early": dict(outputs(taken([SAMPLE / "AL.xlsx"], dt.datetime(2018, 4, 20, 6, tzinfo=dt.UTC)))),
    }
    files = {f"{name}/{path}": content for name, files in sites.items() for path, content in files.items()}
    alone = {"rules.html": rules_as_page(OPERATION), "release.html": release(DRAFT)}
    alone["release-early.html"] = release(DRAFT.replace("All 61", "All 62 of 63"), "MT", "WY")
    for path, content in {**files, **alone}.items():
        if path.endswith(".html"):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(content)
    return root


@pytest.fixture(scope="module")
def chromium():
    with sync_api.sync_playwright() as playwright:
        # A container gives Chromium no sandbox; it opens nothing here but files of our own.
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visit(chromium, site):
    opened = []

    def visit(path, width):
        opened.append(chromium.new_page(viewport={"width": width, "height": 800}))
        opened[-1].goto((site / path).as_uri())
        return opened[-1]

    yield visit
    for page in opened:
        page.close()


@pytest.mark.parametrize("width", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(visit, path, width):
    violations = axe.Axe().run(visit(path, width)).response["violations"]
    assert [(violation["id"], node["html"]) for violation in violations for node in violation["nodes"]] == []


@pytest.mark.parametrize("path", PAGES)
def test_at_400_percent_zoom_no_line_runs_off_the_screen(visit, path):
    page = visit(path, AT_400_PERCENT)
    assert page.evaluate("document.documentElement.scrollWidth") == AT_400_PERCENT


def test_the_first_tab_leads_past_the_head_of_the_page(visit):
    page = visit("needs-attention/index.html", DESKTOP)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_every_state_on_the_map_leads_to_its_report_by_the_keyboard(visit, site):
    page = visit("needs-attention/index.html", DESKTOP)
    page.locator(".map a", has_text="OK").focus()
    page.keyboard.press("Enter")
    assert page.locator("h1").text_content() == "Oklahoma"


def test_on_paper_what_is_folded_on_the_screen_is_shown(visit):
    page = visit("both/index.html", DESKTOP)
    folded = page.locator("details:not([open]) table").first
    assert not folded.is_visible()
    page.emulate_media(media="print")
    assert folded.is_visible()
