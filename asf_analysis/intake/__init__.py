"""From raw files to clean tables: read, headings, corrections, cleaning, checks, log."""
