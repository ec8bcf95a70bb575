"""A self-assessment engine for Regulation (EU) 2024/1689, the EU AI Act."""

__version__ = "0.1.0"
