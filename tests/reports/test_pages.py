"""The morning page and the states' reports, as their readers meet them: what is said, in which order."""

import datetime as dt
import re
from dataclasses import replace

import pytest

from flows.reports.pages.index import morning_page
from flows.reports.pages.state import state_reports
from flows.reports.pages.tile_map import tiles
from flows.reports.rule_table import rules_as_page
from flows.reports.state_status import StateStatus
from flows.steps.bridge import bridge
from page_text import lines_of
from recorded import take_snapshot
from sample_workbook import OPERATION as BROKEN_HEART
from schemas.findings import Finding, Severity
from schemas.submission import CellAccount, NotTaken, Verdict
from small_nation import (
    AFTER,
    DECEMBER,
    IN_JANUARY,
    JANUARY,
    OPERATION,
    cells_of,
    judged,
    national_cells,
    receipt,
    submission,
)

IDAHO = (submission("a1", "ID", "ID"), cells_of("ID"))
OREGON = (submission("b2", "OR", "OR"), cells_of("OR"))
WASHINGTON = (submission("c3", "WA", "WA-COAST", "WA-INLAND"), cells_of("WA-COAST") | cells_of("WA-INLAND"))
EVERYBODY = (IDAHO, OREGON, WASHINGTON)


def finding(sha256="b2", code="tips_fit_their_parts", severity=Severity.ERROR, cell="C6", **changes):
    made = Finding(
        sha256, code, severity, "Counts", cell, "OR", JANUARY, "tips", "14", "from 8 to 12",
        f"Counts!{cell}: Tips of OR, January 2032 (14) do not fit their two parts, which allow from 8 to 12.",
        f"Correct {cell} or its parts in D6:E6.",
    )  # fmt: skip
    return replace(made, **changes)


def rejected(sent, *findings):
    return replace(sent[0], verdict=Verdict.REJECTED, findings=findings), sent[1]


def snapshot_of(*sent, as_of=AFTER, files=None):
    files = files or {}
    receipts = [receipt(one.sha256, files.get(one.sha256, ""), received=as_of) for one, _ in sent]
    return take_snapshot(OPERATION, receipts, [judged(*sent)], as_of=as_of)


def morning(snapshot, part=""):
    return lines_of(morning_page(snapshot, None), part)


def report(snapshot, state, part=""):
    return lines_of(dict(state_reports(snapshot))[state], part)


def test_the_morning_page_opens_with_how_the_nation_stands():
    lines = morning(snapshot_of(*EVERYBODY), "main")
    assert lines[:6] == [
        "The nation as of February 12, 2032",
        "All figures of all 4 task forces are in and count. Every figure of the release is supported.",
        "Task forces that count",
        "4 of 4",
        "States that count",
        "3 of 3",
    ]


def test_a_file_that_could_not_be_taken_needs_a_person():
    untaken = NotTaken("Oregon.xlsx", "it is a link; put the file itself into the inbox")
    everybody = submission("a" * 64, "WA", *OPERATION.roster.by_id)
    lines = morning(replace(snapshot_of((everybody, national_cells())), not_taken=(untaken,)), "needs")
    assert lines[2:] == [
        "1 file could not be taken from the inbox",
        "Oregon.xlsx was not taken: it is a link; put the file itself into the inbox.",
    ]


@pytest.mark.parametrize(
    ("sent", "as_of", "sentence"),
    [
        ((IDAHO,), AFTER, "3 task forces of 4 are outstanding, so every total can still grow."),
        (
            tuple((one, {k: v for k, v in cells.items() if k[1] != JANUARY}) for one, cells in EVERYBODY),
            IN_JANUARY,
            "All that is due is in; months of the operation are still to come, so every total can still grow.",
        ),
    ],
    ids=["somebody is outstanding", "only later months are"],
)
def test_an_incomplete_nation_is_told_as_one(sent, as_of, sentence):
    assert morning(snapshot_of(*sent, as_of=as_of), "main")[1] == sentence


def test_its_parts_come_in_this_order():
    page = morning_page(snapshot_of(*EVERYBODY), None).decode()
    assert re.findall(r"<h2[^>]*>(.*?)</h2>", page) == [
        "What changed since the last snapshot",
        "Totals beside the release",
        "The states",
        "What needs a person",
        "Deadlines",
        "Every submission",
        "Files of this snapshot",
    ]


def test_a_first_snapshot_has_nothing_to_compare_with():
    assert morning(snapshot_of(*EVERYBODY), "changes")[1:] == [
        "This is the first snapshot; there is none before it to compare with."
    ]


def test_the_bridge_from_the_snapshot_before_opens_the_page():
    before = snapshot_of(IDAHO, rejected(OREGON), WASHINGTON, as_of=AFTER - dt.timedelta(days=1))
    more = IDAHO[0], IDAHO[1] | {("ID", JANUARY, "tips"): 7}
    now = snapshot_of(more, (replace(OREGON[0], sha256="b3", revision=2), OREGON[1]), WASHINGTON)
    lines = lines_of(morning_page(now, bridge(before, now)), "changes")
    assert lines[1] == (
        f"From the snapshot of February 11, 2032 ({before.id}: 3 of 4 task forces, 2 of 3 states) to this one (4 of 4 "
        "task forces, 3 of 3 states)."
    )
    assert "Nearly 500 devices examined: not derivable, now supported." in " ".join(lines)


def test_totals_stand_beside_the_release_with_coverage_and_caveats():
    assert morning(snapshot_of(*EVERYBODY), "totals")[1:] == [
        "4 of 4 task forces, 3 of 3 states: complete.",
        "Figure | Total | The release says | Verdict | Task forces in it",
        "Operation totals",
        "Tips received | 80 | about 80 | supported | 4 of 4",
        "Examiners | 12 | 12 | supported | 4 of 4",
        "Devices examined | 480 | nearly 500 | supported | 4 of 4",
        "Partners | 20 | nothing | | 4 of 4",
        "Participation",
        "Task forces | 4 | 4 | supported",
        "Months | 2 | 2 | supported",
        "Program to date",
        "Devices examined since 2029 | 2,800 | nearly 3,000 | supported",
        "Devices examined: A device examined in two laboratories is counted twice.",
        "Program to date: a published baseline plus increments, never a sum of submissions.",
    ]


def test_the_map_has_its_equivalent_in_words():
    lines = morning(snapshot_of(IDAHO, rejected(OREGON)), "states")
    assert lines[-6:] == [
        "Accepted: 1 state",
        "All its figures count. ID.",
        "Rejected: 1 state",
        "None of its figures count until a corrected workbook arrives. OR.",
        "Nothing received: 1 state",
        "No workbook has arrived. WA.",
    ]


def test_what_needs_a_person_is_ranked_and_leads_to_the_states_report():
    snapshot = snapshot_of(IDAHO, rejected(OREGON, finding()), files={"b2": "Oregon.xlsx"})
    assert morning(snapshot, "needs")[2:] == [
        "Oregon is out",
        "About 120 devices examined do not count: 50% of all received.",
        "rejected Oregon.xlsx: Counts!C6: Tips of OR, January 2032 (14) do not fit their two parts, which allow from 8 "
        "to 12.",
        "Nothing received from 2 task forces",
        "Not received WA-COAST, WA-INLAND. Nothing can be said of the size of their figures.",
    ]
    assert b'<a href="internal/states/OR/report.html">Oregon</a> is out' in morning_page(snapshot, None)


def test_the_likely_cause_of_the_gravest_finding_is_told_with_it():
    sent = rejected(OREGON, finding(likely_cause="C6 may be 10 times too large."))
    assert any("from 8 to 12. C6 may be 10 times too large." in line for line in morning(snapshot_of(sent), "needs"))


def test_a_figure_that_only_one_state_keeps_from_being_true_is_named():
    assert (
        "About 240 devices examined do not count: 50% of all received. “nearly 500 devices examined” and “about 80 "
        "tips” and 1 more figure of the release hang on it."
    ) in morning(snapshot_of(IDAHO, OREGON, rejected(WASHINGTON)), "needs")


def test_a_contradicted_figure_needs_a_person_first():
    everybody = submission("a" * 64, "WA", *OPERATION.roster.by_id)
    lines = morning(snapshot_of((everybody, national_cells() | {("ID", JANUARY, "examiners"): 4})), "needs")
    assert lines[2:] == [
        "The release says 12 examiners",
        "contradicted The figure is 13, not 12; '13' would be true.",
    ]


@pytest.mark.parametrize(
    ("sent", "as_of", "sentence"),
    [
        ((OREGON,), AFTER, "All figures of Oregon count, and nothing needs to be done."),
        ((), AFTER, "No workbook has arrived from Oregon; December 2031 and January 2032 are due."),
        ((), IN_JANUARY, "No workbook has arrived from Oregon; December 2031 is due."),
        (
            (rejected(OREGON, finding(), finding(cell="C7")),),
            AFTER,
            "No figure of Oregon counts until 2 errors in b2.xlsx are corrected and the workbook is sent again.",
        ),
        (
            (OREGON, rejected((replace(OREGON[0], sha256="b3", revision=2), {}), finding("b3"))),
            AFTER,
            "b3.xlsx does not count until 1 error is corrected; what was accepted stands.",
        ),
        (
            (
                (
                    replace(
                        OREGON[0],
                        verdict=Verdict.ACCEPTED_WITH_WARNINGS,
                        findings=(finding(severity=Severity.WARNING),),
                    ),
                    OREGON[1],
                ),
            ),
            AFTER,
            "All figures of Oregon count; 1 warning is to be corrected or explained.",
        ),
        (
            (OREGON, (replace(OREGON[0], sha256="b3"), cells_of("OR") | {("OR", JANUARY, "tips"): 9})),
            AFTER,
            "No figure of Oregon counts, because workbooks with the same revision number hold different counts; send "
            "the right counts with a higher revision.",
        ),
    ],
    ids=["accepted", "nothing", "nothing yet due of one month", "rejected", "earlier stands", "warning", "conflict"],
)
def test_a_report_opens_with_the_verdict_in_one_sentence(sent, as_of, sentence):
    assert sentence in report(snapshot_of(*sent, as_of=as_of), "OR", "main")


def test_a_contradicted_figure_names_the_open_questions_about_it():
    asked = finding(severity=Severity.WARNING, cell="H6", measure="examiners", found="900", expected="at most 12")
    oregon = replace(OREGON[0], verdict=Verdict.ACCEPTED_WITH_WARNINGS, findings=(asked,))
    cells = OREGON[1] | {("OR", JANUARY, "examiners"): 900}
    lines = morning(snapshot_of(IDAHO, (oregon, cells), WASHINGTON), "needs")
    assert lines[2:5] == [
        "The release says 12 examiners",
        "contradicted The figure is 909, not 12; '909' would be true.",
        "900 of it, of Oregon, are in question.",
    ]


def test_a_missing_task_force_is_named():
    lines = report(snapshot_of((submission("c3", "WA", "WA-COAST"), cells_of("WA-COAST"))), "WA", "main")
    assert lines[1:3] == [
        "Report on the counts that Washington sent, as of February 12, 2032 Partly accepted",
        "WA-INLAND is missing; the other figures of Washington count.",
    ]


def test_findings_stand_by_rule_with_place_difference_remedy_cause_and_for_warnings_the_line_to_copy():
    usual = finding(
        code="urgent_tips_are_few", severity=Severity.WARNING, cell="D6", found="90", expected="at most 40",
        likely_cause="D6 may be 10 times too large.",
    )  # fmt: skip
    lines = report(snapshot_of(rejected(OREGON, finding(), finding(cell="C7", found="7"), usual)), "OR", "findings")
    assert lines[2:] == [
        "Tips fit their parts 2 errors",
        "Place | What is wrong | Found | Expected | Difference",
        "Counts!C6 | Tips of OR, January 2032 (14) do not fit their two parts, which allow from 8 to 12. "
        "To do: Correct C6 or its parts in D6:E6. | 14 | from 8 to 12 | +2",
        "Counts!C7 | Tips of OR, January 2032 (14) do not fit their two parts, which allow from 8 to 12. "
        "To do: Correct C7 or its parts in D6:E6. | 7 | from 8 to 12 | \N{MINUS SIGN}1",
        "Urgent tips are few 1 warning",
        "Place | What is wrong | Found | Expected | Difference",
        "Counts!D6 | Tips of OR, January 2032 (14) do not fit their two parts, which allow from 8 to 12. "
        "To do: Correct D6 or its parts in D6:E6. Likely cause: D6 may be 10 times too large. If the figure is right, "
        f'the national office records why with: rollup explain {usual.id} --reason "..." --by "..." '
        "| 90 | at most 40 | +50",
    ]


@pytest.mark.parametrize("changes", [{"cell": ""}, {"measure": ""}], ids=["no cell", "no count"])
def test_only_a_count_in_its_cell_has_a_difference(changes):
    lines = report(snapshot_of(rejected(OREGON, finding(found="9", expected="1", **changes))), "OR", "findings")
    assert "Place | What is wrong | Found | Expected" in lines


def test_a_repeated_revision_is_mended_by_another_revision_and_not_by_an_explanation():
    again = (replace(OREGON[0], sha256="b3"), cells_of("OR") | {("OR", JANUARY, "tips"): 9})
    lines = report(snapshot_of(OREGON, again), "OR", "findings")
    assert any("To do: Send the right counts as a new revision" in line for line in lines)
    assert not any("rollup explain" in line for line in lines)


def test_a_remedy_that_mends_several_findings_is_said_once():
    blanks = [finding(cell=cell, code="count_is_given", remedy="Enter the number.") for cell in ("C6", "C7")]
    lines = report(snapshot_of(rejected(OREGON, *blanks)), "OR", "findings")
    assert lines.count("To do: Enter the number.") == 1
    assert "To do" not in "".join(line for line in lines if line.startswith("Counts!"))


def test_what_was_read_is_shown_by_month_with_what_is_missing_not_due_or_not_applicable():
    cells = cells_of("OR", [DECEMBER]) | {("OR", DECEMBER, "examiners"): None}
    del cells["OR", DECEMBER, "phones"]
    sent = rejected((OREGON[0], cells), finding(month=DECEMBER))
    lines = report(snapshot_of(sent, as_of=IN_JANUARY), "OR", "read")
    assert lines[1:9] == [
        "Oregon Harbor Watch (OR), from b2.xlsx. These figures do not count yet.",
        "Count | December 2031 | January 2032 | Operation",
        "Tips received | 10 ✕ | not due | 10",
        "Tips: urgent | 4 | not due | 4",
        "Tips: from abroad | 8 | not due | 8",
        "Phones examined | not read | not due",
        "Computers examined | 30 | not due | 30",
        "Examiners | N/A | not due | N/A",
    ]
    assert lines[9] == "Partners | | | 5"


def test_every_cell_is_accounted_for():
    account = replace(OREGON[0], cells=CellAccount(read=1200, typed=1190, refused=1, ignored=9))
    assert report(snapshot_of((account, OREGON[1])), "OR", "read")[-1] == (
        "Every cell of b2.xlsx is accounted for: of 1,200 filled cells on the form’s sheets, 1,190 were understood, 1 "
        "was refused, and 9 were ignored because they are not part of the form. Nothing is kept of a refused or "
        "ignored cell."
    )


def test_what_was_sent_is_listed_in_order_of_arrival_with_our_answers():
    again = rejected((replace(OREGON[0], sha256="b3", revision=2), {}), finding("b3"))
    lines = report(snapshot_of(again, OREGON), "OR", "history")
    assert lines[2:5] == [
        "File | Revision | Received | Certified | Verdict | Standing | Our answer",
        "b2.xlsx | 1 | February 12, 2032 | not read | accepted | current | Message, as e-mail",
        "b3.xlsx | 2 | February 12, 2032 | not read | rejected | does not count | Returned workbook Message, as e-mail",
    ]


def test_a_files_name_is_escaped():
    snapshot = snapshot_of(OREGON, files={"b2": "<b>Oregon</b>&.xlsx"})
    for page in (morning_page(snapshot, None), dict(state_reports(snapshot))["OR"]):
        assert b"&lt;b&gt;Oregon&lt;/b&gt;&amp;.xlsx" in page
        assert b"<b>" not in page


def test_pages_need_nothing_but_themselves_and_have_one_title():
    snapshot = snapshot_of(IDAHO, rejected(OREGON, finding()))
    pages = [morning_page(snapshot, None), rules_as_page(OPERATION), *dict(state_reports(snapshot)).values()]
    for page in map(bytes.decode, pages):
        assert not re.findall(r"<script|\bsrc=|@import|url\(|https?:|<link|javascript:", page)
        assert len(re.findall("<h1", page)) == 1


def test_the_page_of_rules_has_a_row_for_every_rule():
    lines = lines_of(rules_as_page(OPERATION), "main")
    assert lines[0] == "The rules"
    assert (
        "Count is not negative count_is_not_negative | error | Arrests of AL, March 2018 is below zero; found -3. | "
        "Enter the month's own count; send corrections of earlier months as a new revision. | 1"
    ) in lines


def test_every_state_has_a_place_of_its_own_on_the_map():
    laid = tiles(BROKEN_HEART.roster.states, dict.fromkeys(BROKEN_HEART.roster.states, StateStatus.ACCEPTED))
    assert len({(tile.row, tile.column) for tile in laid}) == 50
    assert (laid[0].state, laid[0].row, laid[0].column) == ("AK", 1, 1)


def test_a_state_that_the_map_does_not_know_comes_below_it():
    names = {"WA": "Washington", "ZZ": "Elsewhere"}
    laid = tiles(names, dict.fromkeys(names, StateStatus.ACCEPTED))
    assert [(tile.state, tile.row, tile.column) for tile in laid] == [("WA", 3, 1), ("ZZ", 9, 1)]


def test_of_a_state_that_counts_in_part_the_morning_page_names_who_is_out():
    inland = rejected((submission("c4", "WA", "WA-INLAND", revision=2), cells_of("WA-INLAND")))
    lines = morning(
        snapshot_of(IDAHO, OREGON, (submission("c3", "WA", "WA-COAST"), cells_of("WA-COAST")), inland), "needs"
    )
    assert lines[2] == "Washington: WA-INLAND is out"


def test_a_rejected_workbook_that_came_together_with_an_accepted_one_is_answered_last_and_says_which_stands():
    again = rejected((replace(OREGON[0], sha256="a0"), OREGON[1]), finding("a0"))
    lines = report(snapshot_of(OREGON, again, files={"b2": "good.xlsx", "a0": "bad.xlsx"}), "OR", "main")
    assert "bad.xlsx does not count until 1 error is corrected; what was accepted stands." in lines
    assert any("from bad.xlsx. These figures do not count; those of good.xlsx stand." in line for line in lines)
    assert "Oregon counts by another workbook" in morning(snapshot_of(OREGON, again), "needs")
