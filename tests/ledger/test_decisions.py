"""What people decide is kept as they decided it, in the order in which they did."""

from flows.ledger.acts import last
from flows.ledger.decisions import explain, withdraw
from flows.ledger.view import View
from recorded import ledger_in_memory, record_all
from schemas.decisions import Explanation, Question, Source, Withdrawal
from schemas.submission import Verdict
from small_nation import AFTER, OPERATION, cells_of, judged, receipt, submission

QUESTION = Question("1", "urgent_tips_are_few", "ID", "ID", "2032-01", "tips_urgent", "12; at most 10")
EXPLANATION = Explanation(QUESTION, "Clerk", AFTER, "it was an unusual month", Source.EXPLAIN)
WITHDRAWALS = (
    Withdrawal("a1", (), "Clerk", AFTER, "sent in error"),
    Withdrawal("b2", ("WA-COAST", "WA-RIVER"), "National office", AFTER, "of another operation"),
)


def test_decisions_are_read_as_they_were_recorded_and_only_from_then_on():
    with ledger_in_memory() as ledger:
        with ledger.writing() as connection:
            withdraw(connection, WITHDRAWALS[0])
            before = last(connection)
            explain(connection, EXPLANATION)
            withdraw(connection, WITHDRAWALS[1])
        with ledger.reading() as connection:
            now, then = View(connection, last(connection)), View(connection, before)
            assert (now.withdrawals, now.explanations) == (WITHDRAWALS, (EXPLANATION,))
            assert (then.withdrawals, then.explanations) == (WITHDRAWALS[:1], ())


def test_of_a_quarantined_submission_no_count_is_kept():
    quarantined = submission("a1", "ID", "ID", verdict=Verdict.QUARANTINED)
    with ledger_in_memory() as ledger:
        record_all(ledger, OPERATION, [receipt("a1")], [judged((quarantined, cells_of("ID")))], AFTER)
        with ledger.reading() as connection:
            view = View(connection, last(connection))
            assert view.read().empty
            assert view.holdings() == []
            assert view.submissions() == {"a1": quarantined}


def test_of_a_quarantined_file_no_name_is_kept_however_often_it_arrives():
    quarantined = submission("a1", "ID", "ID", verdict=Verdict.QUARANTINED)
    other = submission("b2", "WA", "WA-COAST")
    arrived = [receipt("a1", file=name) for name in ("some body.xlsx", "figures.xlsx")]
    with ledger_in_memory() as ledger:
        record_all(ledger, OPERATION, [*arrived, receipt("b2")], [judged((quarantined, {}), (other, {}))], AFTER)
        record_all(ledger, OPERATION, [receipt("a1", file="again.xlsx"), *arrived], [], AFTER)
        with ledger.reading() as connection:
            found = View(connection, last(connection)).receipts()
    assert [(one.sha256, one.file) for one in found] == [("b2", receipt("b2").file), ("a1", "sha256-a1")]
