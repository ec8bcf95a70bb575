"""Two verdicts side by side: what changed and why, other answers tried out, what a class hangs on."""
