"""The benchmark: ``make bench`` measures our way beside what a user would pick instead, and writes BENCHMARKS.md."""
