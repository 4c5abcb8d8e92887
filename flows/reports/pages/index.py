"""The morning page: what changed overnight, the nation beside its release, and who needs a person."""

from collections import Counter

from flows.reports.effect import needs
from flows.reports.figures import figure_lines, said
from flows.reports.filing import UNPLACED, filed, report_of
from flows.reports.pages.render import render
from flows.reports.pages.tile_map import tiles
from flows.reports.previous import changes_since
from flows.reports.state_status import StateStatus, state_status
from schemas.operation import Family
from schemas.public import FAMILY_TITLE, PROGRAM_TO_DATE_NOTE
from schemas.snapshot import ClaimVerdict, Snapshot


def morning_page(snapshot: Snapshot, before: Snapshot | None) -> bytes:
    """Return `index.html`: HTML that needs nothing but itself, and links to the other files of the snapshot."""
    sent = filed(snapshot)
    roster = snapshot.operation.roster
    statuses = {state: state_status(snapshot, state, sent[state]) for state in roster.states}
    open_needs = needs(snapshot)
    contradicted = [check for check in snapshot.claims if check.verdict is ClaimVerdict.CONTRADICTED]
    return render(
        "index.html",
        snapshot=snapshot,
        operation=snapshot.operation,
        as_of=snapshot.operation.day_of(snapshot.as_of),
        before=before,
        changes=changes_since(before, snapshot) if before else None,
        families=[(FAMILY_TITLE[family], list(figure_lines(snapshot, family))) for family in Family],
        totals=snapshot.totals.set_index("measure").to_dict("index"),
        verdicts=Counter(check.verdict for check in snapshot.claims),
        contradicted=contradicted,
        needs=open_needs,
        matters=len(open_needs.states) + len(contradicted) + bool(open_needs.missing) + bool(snapshot.not_taken),
        sent=sent,
        statuses=statuses,
        by_status={status: [s for s in statuses if statuses[s] is status] for status in StateStatus},
        tiles=tiles(roster.states, statuses),
        program_to_date_note=PROGRAM_TO_DATE_NOTE,
        said=said,
        report_of=report_of,
        unplaced=UNPLACED,
    )
