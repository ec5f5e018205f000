"""Reading and writing numbers, dates and names as Swedish does; knows nothing of the project."""
