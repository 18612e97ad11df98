"""A Developer Center to try things with: a real HTTP server on loopback that does what is documented.

No part of the product. `python -m tests.platform --help`.
"""
