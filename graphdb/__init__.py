"""The stores behind :mod:`tracing.ports`: they keep facts and answers and find them, and decide nothing."""
