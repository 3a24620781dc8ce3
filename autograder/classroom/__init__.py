"""A whole class: many submissions in, marks, reports and statistics out."""
