"""Text as people write it: YAML with line marks, what keeps a file from being read, what was meant by a word."""
