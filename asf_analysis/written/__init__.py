"""Written reports: their text as passages, and the goals and results that they tell."""
