"""Whether the worlds as shipped have an economy: what an audit of version 0.1.0 found, each with its band and source.

A test that fails today is marked with the number of its finding. The mark is strict: whoever mends the model has to
take it away.
"""
