"""`rollup release-check`: what it prints of a draft, of the claims and of phrasings, and what it exits with."""

import json

import pytest

from flows.cli.main import main
from flows.reports.basis import BASIS, read_basis, write_basis
from flows.reports.outputs import MANIFEST
from page_text import lines_of
from sample_release import DRAFT, DRAFT_FILE, publish, sample_basis
from small_operation import write_small_operation


@pytest.fixture
def release_check(tmp_path, capsys, monkeypatch):
    """Return what runs the command on the whole sample, or on the sample without some states."""
    monkeypatch.setenv("COLUMNS", "120")

    def command(*arguments, without=()):
        folder = tmp_path / f"out{'-'.join(without)}"
        snapshot = folder if folder.exists() else publish(folder, *without)
        ending = main(["release-check", "--snapshot", str(snapshot), *map(str, arguments)])
        return ending, capsys.readouterr()

    return command


@pytest.fixture
def altered(tmp_path):
    draft = tmp_path / "altered.md"
    draft.write_text(DRAFT.replace("All 61", "All 62").replace("25,200 complaints of", "25,200 tips of"), "utf-8")
    return draft


def test_a_basis_is_read_back_as_it_was_written():
    for without in ((), ("MT", "WY")):
        assert read_basis(write_basis(sample_basis(*without))) == sample_basis(*without)


def test_a_draft_that_is_true_ends_clean_with_every_figure_listed(release_check):
    ending, printed = release_check("--text", DRAFT_FILE)
    lines = printed.out.splitlines()
    assert ending == 0
    assert lines[1] == "61 of 61 task forces, 50 of 50 states: complete"
    assert lines[4].split() == ["1", "2,300", "arrests", "supported"]
    assert lines[-1] == "36 figures: 20 supported, 16 not a claim"


def test_a_draft_that_is_not_needs_a_person_who_is_told_why(release_check, altered):
    ending, printed = release_check("--text", altered)
    assert ending == 1
    assert printed.out.splitlines()[-3:] == [
        "36 figures: 1 contradicted, 1 unbacked, 18 supported, 16 not a claim",
        "line 6, 62: contradicted. The figure is 61, not 62; '61' would be true.",
        "line 16, 25,200: unbacked. No words beside it say that it is one of the operation's claims.",
    ]


def test_as_json_every_figure_has_its_place_in_the_text_that_goes_with_it(release_check, altered):
    ending, printed = release_check("--text", altered, "--json")
    said = json.loads(printed.out)
    text, figures = said["text"], said["figures"]
    assert ending == 1
    assert (said["snapshot"], said["coverage"]) == (sample_basis().snapshot, sample_basis().coverage.phrase)
    assert all(text[figure["start"] : figure["end"]] == figure["text"] for figure in figures)
    by_verdict = {figure["verdict"]: figure for figure in reversed(figures)}
    assert [list(by_verdict[verdict].items()) for verdict in ("unbacked", "contradicted", "not_a_claim")] == [
        [
            ("text", "25,200"),
            ("start", text.index("25,200 tips")),
            ("end", text.index(" tips")),
            ("claim", None),
            ("hedge", None),
            ("claimed", 25_200),
            ("computed", None),
            ("verdict", "unbacked"),
            ("reason", "No words beside it say that it is one of the operation's claims."),
        ],
        [
            ("text", "62"),
            ("start", text.index("62")),
            ("end", text.index("62") + 2),
            ("claim", "task_forces"),
            ("hedge", "exact"),
            ("claimed", 62),
            ("computed", 61),
            ("verdict", "contradicted"),
            ("reason", "The figure is 61, not 62; '61' would be true."),
        ],
        [
            ("text", "June 12, 2018"),
            ("start", text.index("June 12")),
            ("end", text.index("June 12") + 13),
            ("claim", None),
            ("hedge", None),
            ("claimed", None),
            ("computed", None),
            ("verdict", "not_a_claim"),
            ("reason", "It is a date."),
        ],
    ]


def test_as_a_page_every_figure_is_marked_and_leads_to_its_trace_or_its_reason(release_check, altered):
    ending, printed = release_check("--text", altered, "--html")
    page = printed.out
    assert ending == 1
    assert 'class="said supported" href="#trace-arrests"><span class="kept">2,300<' in page
    assert 'class="said contradicted" href="#figure-7"><span class="kept">62<' in page
    assert 'id="trace-arrests"' in page
    assert 'id="figure-7"' in page
    lines = lines_of(page.encode(), "answer")
    assert lines == [
        "What needs a person",
        "Line 6: 62",
        "contradicted The figure is 61, not 62; '61' would be true.",
        "Line 16: 25,200",
        "unbacked No words beside it say that it is one of the operation's claims.",
    ]
    assert lines_of(page.encode(), "traces")[-3:] == [
        "Baseline, 1998-01-01 to 2017-06-30: 585,604 (published: Program newsletter of June 2017)",
        "Increment, 2017-07-01 to 2017-12-31: 23,905 (assumed: Assumption of this project)",
        "Increment, 2018-01-01 to 2018-05-31: 19,936 (assumed: Assumption of this project)",
    ]


def test_what_is_found_is_written_where_it_is_wanted(release_check, altered, tmp_path):
    ending, printed = release_check("--text", altered, "--out", tmp_path / "checked")
    written = {path.name: path.read_text("utf-8") for path in (tmp_path / "checked").iterdir()}
    assert ending == 1
    assert printed.err.splitlines() == [
        f"Written: {tmp_path}/checked/release_check.json",
        f"Written: {tmp_path}/checked/release_check.html",
    ]
    assert written == {
        "release_check.json": release_check("--text", altered, "--json")[1].out,
        "release_check.html": release_check("--text", altered, "--html")[1].out,
    }
    release_check("--out", tmp_path / "claims")
    assert [path.name for path in (tmp_path / "claims").iterdir()] == ["release_check.json"]


def test_where_nothing_can_be_written_is_said(release_check, altered, tmp_path):
    ending, printed = release_check("--text", altered, "--out", altered)
    assert (ending, printed.out, printed.err) == (
        2,
        "",
        f"rollup: {altered} cannot be made a folder: File exists; choose another --out.\n",
    )


def test_a_page_shows_a_draft_as_text_whatever_is_in_it(release_check, tmp_path):
    (tmp_path / "draft.md").write_text("<script>alert(61)</script> 61 task forces", "utf-8")
    _, printed = release_check("--text", tmp_path / "draft.md", "--html")
    assert "<script" not in printed.out


def test_without_a_draft_the_claims_of_the_operation_are_judged(release_check):
    ending, printed = release_check("--json")
    assert ending == 0
    claims = json.loads(printed.out)["claims"]
    assert len(claims) == 14
    assert claims[0] == {
        "claim": "arrests",
        "phrase": "more than 2,300 arrests",
        "hedge": "more_than",
        "claimed": 2_300,
        "computed": 2_347,
        "computed_phrase": "2,347",
        "verdict": "supported",
        "reason": "The figure is 2,347, within the 2,301 to 2,399 that 'more than 2,300' needs.",
    }
    ending, printed = release_check(without=("MT", "WY"))
    assert ending == 1
    assert printed.out.splitlines()[1] == "59 of 61 task forces, 48 of 50 states; outstanding: MT, WY"
    assert printed.out.count("not derivable") == 14


def test_phrasings_say_what_is_true_and_how_long(release_check):
    ending, printed = release_check("--phrasings")
    assert ending == 0
    assert printed.out.split("\n\n")[1].splitlines() == [
        "Arrests: 2,347",
        "  more than 2,300 (the release's words)  true until 47 fewer or 53 more",
        "  nearly 2,400                           true until 47 fewer or 53 more",
        "  about 2,300                            true until 98 fewer or 3 more",
        "  more than 2,340                        true until 7 fewer or 3 more",
        "  nearly 2,350                           true until 7 fewer or 3 more",
        "  about 2,350                            true until 3 fewer or 8 more",
        "  2,347                                  true until any revision changes it",
    ]


def test_while_somebody_is_outstanding_phrasings_say_what_may_be_said_and_what_not_yet(release_check):
    _, printed = release_check("--phrasings", without=("MT", "WY"))
    parts = printed.out.split("\n\n")
    assert parts[1].splitlines() == [
        "Arrests: 2,336",
        "  May be said: So far, 59 of 61 task forces report 2,336 arrests.",
        "  more than 2,300 (the release's words)  not yet: true of what is in, and stays so with at most 63 more",
    ]
    assert parts[3].splitlines()[-1] == "  383 (the release's words)  not yet: needs exactly 2 more"
    assert parts[10].splitlines()[1] == (
        "  more than 775,000 (the release's words)  not yet: it includes the operation, which is not complete"
    )
    assert parts[4].splitlines() == [
        "Complaints investigated: 25,077",
        "  May be said: So far, 59 of 61 task forces report 25,077 complaints investigated.",
        "  more than 25,200 (the release's words)  not yet: needs 124 to 222 more",
        "  about 25,200 (the release's words)      not yet: needs 73 to 172 more",
    ]
    _, printed = release_check("--phrasings", "--json", without=("MT", "WY"))
    assert json.loads(printed.out)["phrasings"][1] == {
        "of": "offenders_identified",
        "family": "operation",
        "noun": "offenders identified",
        "figure": 195,
        "is_final": False,
        "so_far": "So far, 59 of 61 task forces report 195 offenders identified.",
        "phrasings": [
            {
                "phrase": "195",
                "hedge": "exact",
                "value": 195,
                "grain": 1,
                "fewer": 0,
                "more": 0,
                "is_release_wording": True,
            }
        ],
        "caveats": [],
    }


CHOOSE = "choose one: --text FILE with --json or --html, or --phrasings with --json."


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["--text", "none.md"], "none.md: cannot be read (No such file or directory)"),
        (["--text", "draft.pdf"], "draft.pdf: only .txt, .md, .docx and .html can be read; save it as one of these"),
        (["--text", "a.md", "--phrasings"], CHOOSE),
        (["--html"], CHOOSE),
        (["--text", "a.md", "--json", "--html"], CHOOSE),
    ],
)
def test_what_cannot_be_used_is_said_in_one_line(release_check, monkeypatch, tmp_path, arguments, line):
    monkeypatch.chdir(tmp_path)
    ending, printed = release_check(*arguments)
    assert (ending, printed.out, printed.err) == (2, "", f"rollup: {line}\n")


def test_a_folder_that_is_no_runs_output_is_said(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)

    def said():
        assert main(["release-check", "--snapshot", "out"]) == 2
        return capsys.readouterr().err.removeprefix("rollup: ").rstrip("\n")

    missing = "(No such file or directory); say with --snapshot where `rollup run` wrote to."
    assert said() == f"out holds no {BASIS} {missing}"
    folder = publish(tmp_path / "out")
    content = (folder / BASIS).read_text("utf-8")
    (folder / BASIS).write_text(content.replace("2347", "2400"), "utf-8")
    assert said() == f"out/{BASIS} is not as it was written; run again with another --out."
    (folder / MANIFEST).write_text("[]", "utf-8")
    assert said() == "out is not as `rollup run` writes it; run again with another --out."


def test_the_outputs_of_another_operation_are_refused(monkeypatch, tmp_path, capsys):
    monkeypatch.chdir(tmp_path)
    publish(tmp_path / "out")
    operation = write_small_operation(tmp_path)
    assert main(["release-check", "--snapshot", "out", "--operation", str(operation)]) == 2
    assert capsys.readouterr().err == "rollup: out is of another operation, or of other files of it; run again.\n"
