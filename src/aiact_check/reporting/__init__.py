"""The document as a report: what it says, in which words, in which form; and whether a report still stands."""
