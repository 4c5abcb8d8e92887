"""The pipeline: from workbooks in an inbox to national totals, findings and reports."""
