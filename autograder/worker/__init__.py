"""The untrusted room that runs the student's code in a confined process. It knows no answer."""
