"""A second operation, unlike the first in everything that an operation may choose: what other tests build upon.

Two months across a year's end; four task forces in three states; overlapping, disjoint and derived measures, one of
them a stock asked monthly that may be N/A; claims with other hedges.
"""

from pathlib import Path

SMALL_ID = "quiet-harbor-2031"

_OPERATION = """\
id = "quiet-harbor-2031"
title = "Operation Quiet Harbor 2031"
period_start = 2031-12-01
period_end = 2032-01-31
timezone = "America/Los_Angeles"
as_of = "2032-02-12T06:00:00"
template_version = 3
certifier_roles = ["Harbor master", "Clerk"]
approver_roles = ["Editor", "Director"]
contact_role = "Harbor desk"
fewest_task_forces = 2

[deadlines]
2031-12 = 2032-01-10
2032-01 = 2032-02-10

[reported_by]
HI = "WA-COAST"

[measures.tips]
label = "Tips received"
unit = "tips"
definition = "Tips that came in during the month."
over_months = "sum"
table = "Counts"
header = "Tips"
aliases = ["All tips"]
parts = ["tips_urgent", "tips_foreign"]
relation = "overlapping"

[measures.tips_urgent]
label = "Tips: urgent"
unit = "tips"
definition = "Those of the tips that could not wait."
over_months = "sum"
table = "Counts"
header = "Urgent"

[measures.tips_foreign]
label = "Tips: from abroad"
unit = "tips"
definition = "Those of the tips that came from abroad."
over_months = "sum"
table = "Counts"
header = "From abroad"

[measures.phones]
label = "Phones examined"
unit = "devices"
definition = "Phones examined during the month."
over_months = "sum"
table = "Counts"
header = "Phones"

[measures.computers]
label = "Computers examined"
unit = "devices"
definition = "Computers examined during the month."
over_months = "sum"
table = "Counts"
header = "Computers"

[measures.examiners]
label = "Examiners"
unit = "people"
definition = "Examiners at work on the last day of the month. N/A where another task force's laboratory is used."
over_months = "latest"
table = "Counts"
header = "Examiners"
not_applicable_allowed = true

[measures.devices]
label = "Devices examined"
unit = "devices"
definition = "Phones and computers examined."
over_months = "sum"
parts = ["phones", "computers"]
relation = "disjoint"
caveat = "A device examined in two laboratories is counted twice."

[plausible_ratios.urgent_tips_are_few]
numerator = "tips_urgent"
denominator = "tips"
most = 1
"""

_PARTNERS = """
[measures.partners]
label = "Partners"
unit = "partners"
definition = "Partner offices at the end of the operation."
over_months = "latest"
table = "Agencies"
header = "Partners"
"""

_ROSTER = """\
id,name,state,state_name,lead_agency,valid_from,valid_to,basis
ID,Idaho Harbor Watch,ID,Idaho,Boise Police Department,,,A
OR,Oregon Harbor Watch,OR,Oregon,Salem Police Department,,2031-12-31,A
OR,Oregon Harbor Watch,OR,Oregon,Portland Police Bureau,2032-01-01,,A
WA-COAST,Coast Harbor Watch,WA,Washington,Seattle Police Department,2030-01-01,,P
WA-INLAND,Inland Harbor Watch,WA,Washington,Spokane Police Department,,2032-01-15,A
WA-RIVER,River Harbor Watch,WA,Washington,Yakima Police Department,,2031-11-30,A
"""

_CLAIMS = """\
[claims.devices]
family = "operation"
of = "devices"
hedge = "nearly"
value = 500
grain = 100
noun = "devices examined"
where = ["headline"]

[claims.tips]
family = "operation"
of = "tips"
hedge = "about"
value = 80
grain = 10
noun = "tips"
where = ["lead", "quotation"]

[claims.examiners]
family = "operation"
of = "examiners"
hedge = "exact"
value = 12
grain = 1
noun = "examiners"
where = ["body"]

[claims.task_forces]
family = "participation"
of = "task_forces"
hedge = "exact"
value = 4
grain = 1
noun = "task forces"
where = ["body"]

[claims.months]
family = "participation"
of = "months"
hedge = "exact"
value = 2
grain = 1
noun = "months"
months = ["2031-12", "2032-01"]
where = ["lead"]

[claims.devices_since_2029]
family = "program_to_date"
of = "devices_since_2029"
hedge = "nearly"
value = 3_000
grain = 1_000
noun = "devices examined since 2029"
where = ["body"]
"""

_PROGRAM = """\
series,label,unit,kind,period_start,period_end,value,measure,basis,source
devices_since_2029,Devices examined since 2029,devices,baseline,2029-01-01,2031-09-30,2100,,P,Yearbook of 2031
devices_since_2029,Devices examined since 2029,devices,increment,2031-10-01,2032-01-31,700,devices,A,Assumption
"""


def small_operation(*, with_agencies: bool = False) -> dict[str, str]:
    """Return the texts of the small operation's files by name; with or without a measure in the table Agencies."""
    return {
        "operation.toml": _OPERATION + _PARTNERS * with_agencies,
        "roster.csv": _ROSTER,
        "claims.toml": _CLAIMS,
        "program_to_date.csv": _PROGRAM,
    }


def write_small_operation(folder: Path, *, with_agencies: bool = False) -> Path:
    """Write the small operation below a folder and return its own, which bears its id."""
    own = folder / SMALL_ID
    own.mkdir(parents=True)
    for name, text in small_operation(with_agencies=with_agencies).items():
        (own / name).write_text(text, encoding="utf-8")
    return own
