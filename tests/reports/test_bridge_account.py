"""The bridge in the terminal and as JSON: whole, within 80 columns, for a program and for a person."""

import json
import sys

from flows.cli.terminal import Terminal
from flows.reports.bridge import bridge_account, bridge_as_json
from flows.steps.bridge import bridge
from steps.test_bridge import IDAHO, IDAHO_AGAIN, LATER, NATION, OREGON, snapshot

TOLD = """\
From  {before}, February 12, 2032: 1 of 4 task forces, 1 of 3 states
To    {now}, February 13, 2032: 2 of 4 task forces, 2 of 3 states

"""


def printed(built, capsys):
    Terminal(sys.stdout).show(bridge_account(built))
    return capsys.readouterr().out


def test_the_account_says_each_figure_before_each_step_and_now(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    before, now = snapshot(IDAHO), snapshot(IDAHO, IDAHO_AGAIN, OREGON, as_of=LATER)
    text = printed(bridge(before, now), capsys)
    assert text.startswith(TOLD.format(before=before.id, now=now.id))
    assert """
Phones examined               60  before
  newly received             +60  OR +60
  revised                     +2  ID +2
                             122  now
""" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert max(map(len, text.splitlines())) <= 80
    assert text.endswith(
        """
3 submissions new or judged otherwise
ID  b1.xlsx: accepted, current; now accepted, superseded
ID  c2.xlsx: accepted, current
OR  d3.xlsx: accepted, current
"""
    )


def test_where_nothing_changed_the_account_says_so(capsys):
    text = printed(bridge(snapshot(NATION), snapshot(NATION)), capsys)
    assert text.splitlines()[3:] == ["No national figure has changed."]


def test_json_has_every_figure_with_its_steps():
    told = json.loads(json.dumps(bridge_as_json(bridge(snapshot(IDAHO), snapshot(IDAHO, IDAHO_AGAIN)))))
    assert set(told) == {"from", "to", "figures", "claims", "submissions"}
    assert [figure["measure"] for figure in told["figures"]][3] == "phones"
    assert told["figures"][3] == {
        "measure": "phones",
        "label": "Phones examined",
        "before": 60,
        "now": 62,
        "difference": 2,
        "steps": [{"cause": "revised", "state": "ID", "task_forces": ["ID"], "difference": 2}],
    }
