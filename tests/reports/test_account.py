"""The account of a run, as an operator reads it in a terminal of 80 columns without colour."""

import dataclasses
import io
from pathlib import Path

from flows.cli.terminal import Terminal
from flows.reports.account import account
from recorded import take_snapshot
from schemas.findings import Finding, Severity
from schemas.submission import Verdict
from small_nation import AFTER, IN_JANUARY, JANUARY, OPERATION, cells_of, judged, national_cells, receipt, submission

EVERYBODY = submission("a" * 64, "WA", *OPERATION.roster.by_id)


def snapshot_of(*sent, as_of=AFTER):
    receipts = [receipt(one.sha256, received=as_of) for one, _ in sent]
    return take_snapshot(OPERATION, receipts, [judged(*sent)], as_of=as_of)


def told(snapshot) -> str:
    terminal = Terminal(io.StringIO())
    terminal.width = 80
    terminal.show(account(snapshot, Path("out/runs/2032-02-12-0123456789ab")))
    return terminal.file.getvalue()


def unmet(sha256: str, severity: Severity, message: str) -> Finding:
    return Finding(sha256, "some_rule", severity, "Counts", "C5", "OR", JANUARY, "tips", "", "", message, "Mend it.")


def test_a_whole_nation_is_told_with_every_total_beside_its_claim():
    assert (
        told(snapshot_of((EVERYBODY, national_cells())))
        == """\
Operation Quiet Harbor 2031, as of February 12, 2032, 06:00 PST
4 of 4 task forces, 3 of 3 states: complete

                             Total  The release says
Operation totals
Tips received                   80  about 80          supported
Examiners                       12  12                supported
Devices examined               480  nearly 500        supported
Partners                        20  nothing

Participation
Task forces                      4  4                 supported
Months                           2  2                 supported

Program to date
Devices examined since 2029  2,800  nearly 3,000      supported

Devices examined: A device examined in two laboratories is counted twice.
Program to date: a published baseline plus increments, never a sum of
submissions.

1 submission: 1 accepted

Outputs: out/runs/2032-02-12-0123456789ab
"""
    )


def test_what_is_missing_is_named_and_who_needs_a_person_comes_with_the_gravest_finding():
    rejected = dataclasses.replace(
        submission("b" * 64, "OR", "OR", verdict=Verdict.REJECTED),
        findings=(
            unmet("b" * 64, Severity.NOTE, "Counts!C4: Tips is stored as text."),
            unmet("b" * 64, Severity.ERROR, "Counts!C5: Tips of OR, January 2032 is blank."),
        ),
    )
    warned = dataclasses.replace(
        submission("c" * 64, "ID", "ID", verdict=Verdict.ACCEPTED_WITH_WARNINGS),
        findings=(unmet("c" * 64, Severity.WARNING, "Counts!C6: Tips of ID are unusual beside Phones."),),
    )
    one, other = submission("d" * 64, "WA", "WA-COAST"), submission("e" * 64, "WA", "WA-COAST")
    otherwise = cells_of("WA-COAST") | {("WA-COAST", JANUARY, "tips"): 11}
    snapshot = snapshot_of((rejected, {}), (warned, cells_of("ID")), (one, cells_of("WA-COAST")), (other, otherwise))
    assert (
        told(snapshot)
        == """\
Operation Quiet Harbor 2031, as of February 12, 2032, 06:00 PST
1 of 4 task forces, 1 of 3 states; outstanding: OR, WA-COAST, WA-INLAND

                             So far  The release says
Operation totals
Tips received                    20  about 80          not derivable
Examiners                         3  12                not derivable
Devices examined                120  nearly 500        not derivable
Partners                          5  nothing

Participation
Task forces                       1  4                 not derivable
Months                            0  2                 not derivable

Program to date
Devices examined since 2029   2,800  nearly 3,000      not derivable

Devices examined: A device examined in two laboratories is counted twice.
Program to date: a published baseline plus increments, never a sum of
submissions.

4 submissions: 2 accepted, 1 accepted with warnings, 1 rejected
OR  bbbb.xlsx: rejected, 1 finding
    Counts!C5: Tips of OR, January 2032 is blank.
WA  dddd.xlsx: conflicting, 1 finding
    The file: revision 1 of WA-COAST has arrived with different counts; they
    arrived together, so none of them counts.
WA  eeee.xlsx: conflicting, 1 finding
    The file: revision 1 of WA-COAST has arrived with different counts; they
    arrived together, so none of them counts.
ID  cccc.xlsx: accepted with warnings, 1 finding
    Counts!C6: Tips of ID are unusual beside Phones.

Outputs: out/runs/2032-02-12-0123456789ab
"""
    )


def test_a_contradicted_figure_is_told_with_the_reason():
    cells = national_cells() | {("ID", JANUARY, "examiners"): 4}
    assert [line for line in told(snapshot_of((EVERYBODY, cells))).splitlines() if "contradicted" in line] == [
        "Examiners                       13  12                contradicted",
        "12 examiners: contradicted. The figure is 13, not 12; '13' would be true.",
    ]


def test_a_figure_that_nobody_has_reported_yet_is_a_dash_and_not_zero():
    assert "Tips received                     -  about 80          not derivable" in told(snapshot_of()).splitlines()


def test_a_list_of_submissions_too_long_to_read_is_cut_and_counted():
    rejected = [(submission(f"{n:064x}", "OR", "OR", verdict=Verdict.REJECTED), {}) for n in range(25)]
    assert told(snapshot_of(*rejected, as_of=IN_JANUARY)).splitlines()[-24:] == [
        "25 submissions: 25 rejected",
        *["OR  0000.xlsx: rejected"] * 20,
        "and 5 more, in submissions.csv and findings.csv",
        "",
        "Outputs: out/runs/2032-02-12-0123456789ab",
    ]
