"""The document as a report: which steps and pictures it has, in which form; and whether a report still stands."""
