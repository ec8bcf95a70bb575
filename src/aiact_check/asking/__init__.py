"""What to ask next and what would follow: the interview, the open questions, the duties to work on."""
