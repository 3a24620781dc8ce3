"""The small programs that run beside the student's code; they hold no answer."""
