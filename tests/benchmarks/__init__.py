"""What Kennisbot costs in time and memory, beside what the bare libraries cost. Run: python -m tests.benchmarks."""
