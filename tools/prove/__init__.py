"""Proves with z3 what the rule base promises for every questionnaire, not only for those somebody tried."""
