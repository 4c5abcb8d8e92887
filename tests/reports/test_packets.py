"""What lies in a state's folder: its own figures, beside the nation in the release's words; nothing of another."""

import re
from dataclasses import replace

import pytest

from flows.reports.beside_nation import Beside, beside_nation
from flows.reports.outputs import outputs
from page_text import lines_of
from recorded import take_snapshot
from schemas.findings import Finding, Severity
from schemas.submission import Verdict
from small_nation import AFTER, OPERATION, cells_of, judged, receipt, submission

STATES = {"ID": ("ID",), "OR": ("OR",), "WA": ("WA-COAST", "WA-INLAND")}


def own_cells(task_force: str) -> dict:
    """Return counts that no other task force has, and whose sums no other state has."""
    base = 100_000 * 3 ** list(OPERATION.roster.by_id).index(task_force)
    return {cell: base + 7 * position for position, cell in enumerate(cells_of(task_force))}


def nation(*without: str):
    sent = []
    for number, (state, task_forces) in enumerate(STATES.items()):
        if state not in without:
            finding = Finding(
                f"{number}a", "urgent_tips_are_few", Severity.WARNING, "Counts", "D5", task_forces[0], "2032-01",
                "tips", f"{number}7777", "at most 1", f"Counts!D5: Tips of {task_forces[0]} are unusual.", "Ask.",
            )  # fmt: skip
            cells = {cell: value for task_force in task_forces for cell, value in own_cells(task_force).items()}
            one = submission(f"{number}a", state, *task_forces, verdict=Verdict.ACCEPTED_WITH_WARNINGS)
            sent.append((replace(one, findings=(finding,)), cells))
    return take_snapshot(
        replace(OPERATION, claims=true_claims()), [receipt(one.sha256) for one, _ in sent], [judged(*sent)], as_of=AFTER
    )


def true_claims():
    total = sum(value for t in OPERATION.roster.by_id for cell, value in own_cells(t).items() if cell[2] == "tips")
    (tips,) = (claim for claim in OPERATION.claims if claim.id == "tips")
    return (replace(tips, grain=10_000, value=round(total, -4)),)


WHOLE = nation()
FILES = dict(outputs(WHOLE))


def texts_of(state: str) -> dict[str, str]:
    folder = f"internal/states/{state}/"
    readable = (".html", ".csv", ".txt")
    return {path: FILES[path].decode() for path in FILES if path.startswith(folder) and path.endswith(readable)}


@pytest.mark.parametrize("state", STATES)
def test_nothing_of_another_state_is_in_it(state):
    others = [t for t in OPERATION.roster.task_forces if t.state != state]
    words = {word for t in others for word in (t.name, t.state_name, t.lead_agency)} | {f"{t.id}," for t in others}
    figures = {f"{value:,}" for t in others for value in own_cells(t.id).values()}
    figures |= {figure.replace(",", "") for figure in figures}
    figures |= {f"{value:,}" for value in WHOLE.by_state.loc[WHOLE.by_state["state"] != state, "value"].dropna()}
    texts = texts_of(state)
    assert texts
    for path, text in texts.items():
        shown = "\n".join(lines_of(text.encode())) if path.endswith(".html") else text
        assert {word for word in words if word in shown} == set(), path
        assert figures & set(re.findall(r"\d[\d,]*", shown)) == set(), path
        assert "another state" not in shown


@pytest.mark.parametrize("state", STATES)
def test_its_own_findings_and_figures_are_in_it(state):
    report = "\n".join(lines_of(texts_of(state)[f"internal/states/{state}/report.html"].encode()))
    assert all(f"{value:,}" in report for t in STATES[state] for value in own_cells(t).values())
    assert f"Tips of {STATES[state][0]} are unusual" in report
    assert "Questions go to: Harbor desk." in report


def test_the_nation_stands_beside_it_in_the_words_of_the_release():
    (claim,) = WHOLE.operation.claims
    own = sum(value for cell, value in own_cells("ID").items() if cell[2] == "tips")
    assert beside_nation(WHOLE, "ID") == (Beside("Tips received", f"{own:,}", f"about {claim.value:,}"),)


def test_until_the_release_is_confirmed_nothing_is_said_of_the_nation():
    assert beside_nation(nation("OR"), "ID") == ()
