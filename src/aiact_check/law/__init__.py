"""The law as data: conditions over three values, rules and dates, the law of a day, proofs."""
