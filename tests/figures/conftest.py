"""Generated examples are judged by what they say, not by how fast a busy machine finds it."""

from hypothesis import settings

settings.register_profile("untimed", parent=settings(), deadline=None)
settings.load_profile("untimed")
