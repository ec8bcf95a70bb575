"""The editor side of a questionnaire: a real YAML language server, and how to talk to it."""
