"""The morning page: what changed overnight, the nation beside its release, and who needs a person."""

from collections import Counter

from flows.reports.bridge import signed, states_of
from flows.reports.deadlines import months_kept, worth_telling
from flows.reports.effect import needs
from flows.reports.explanations import explanation_in_words
from flows.reports.figures import figure_lines, said
from flows.reports.filing import UNPLACED, filed, report_of
from flows.reports.pages.render import render
from flows.reports.pages.tile_map import tiles
from flows.reports.reminders import reminders
from flows.reports.state_status import StateStatus, state_status
from schemas.bridge import Bridge
from schemas.operation import Family
from schemas.public import FAMILY_TITLE, PROGRAM_TO_DATE_NOTE
from schemas.snapshot import ClaimVerdict, Snapshot


def morning_page(snapshot: Snapshot, bridge: Bridge | None) -> bytes:
    """Return `index.html`: HTML that needs nothing but itself, and links to the other files of the snapshot.

    It opens with the bridge from the snapshot before, None where there was none.
    """
    sent = filed(snapshot)
    roster = snapshot.operation.roster
    statuses = {state: state_status(snapshot, state, sent[state]) for state in roster.states}
    open_needs = needs(snapshot)
    contradicted = [check for check in snapshot.claims if check.verdict is ClaimVerdict.CONTRADICTED]
    return render(
        "index.html",
        snapshot=snapshot,
        operation=snapshot.operation,
        as_of=snapshot.day,
        bridge=bridge,
        claimed=[claim.of for claim in snapshot.operation.claims],
        signed=signed,
        states_of=states_of,
        kept=list(months_kept(snapshot)),
        timely=worth_telling(snapshot),
        reminded=[path for path in reminders(snapshot) if path.endswith(".txt")],
        families=[(FAMILY_TITLE[family], list(figure_lines(snapshot, family))) for family in Family],
        totals=snapshot.totals.set_index("measure").to_dict("index"),
        verdicts=Counter(check.verdict for check in snapshot.claims),
        contradicted=contradicted,
        explained=sum(
            finding.id in snapshot.explained and not snapshot.asks(finding)
            for of_state in sent.values()
            for one in of_state
            if not one.is_replaced
            for finding in one.findings
        ),
        needs=open_needs,
        matters=len(open_needs.states) + len(contradicted) + bool(open_needs.missing) + bool(snapshot.not_taken),
        sent=sent,
        statuses=statuses,
        by_status={status: [s for s in statuses if statuses[s] is status] for status in StateStatus},
        tiles=tiles(roster.states, statuses),
        program_to_date_note=PROGRAM_TO_DATE_NOTE,
        said=said,
        report_of=report_of,
        explanation=lambda finding: explanation_in_words(
            snapshot.operation, snapshot.explained[finding.id], internal=True
        ),
        unplaced=UNPLACED,
    )
