"""A company's questionnaire: its blank form, its schema, reading and changing it, what is wrong with it."""
