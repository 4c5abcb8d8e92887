"""Validate: many parsed workbooks against the contracts, each asked once; every unmet rule is told as a finding."""
