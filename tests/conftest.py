"""Settings shared by all tests; the helpers to build small packs are in `support`."""

from hypothesis import settings

# Tests never assert timings: the first example of a property loads the character data.
settings.register_profile("project", deadline=None, max_examples=150)
settings.load_profile("project")
