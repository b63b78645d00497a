"""The engines beside what their user would pick instead. Run: make bench, or python -m bench.engines [NAME…]."""
