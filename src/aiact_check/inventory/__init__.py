"""Many systems at once: tables and folders in, one table and a portfolio out."""
