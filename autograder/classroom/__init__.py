"""Class mode: many submissions go in; marks, reports and statistics come out."""
