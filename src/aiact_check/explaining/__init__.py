"""Why a verdict or a rule is what it is."""
