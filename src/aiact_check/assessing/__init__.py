"""Proofs to a verdict, and the verdict as one document of plain data: what everything printed is made from."""
