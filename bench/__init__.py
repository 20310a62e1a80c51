"""Benchmarks: made-up posts in any number, and the time and memory the pipeline needs for them."""
