"""What knows an answer: never imported where the student's code runs."""
