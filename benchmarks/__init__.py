"""Benchmarks of `publish`, side by side with its peers; see README.md."""
