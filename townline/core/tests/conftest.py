"""Property tests have no time limit per example: a busy machine is no fault of the code."""

from hypothesis import settings

settings.register_profile("steady", deadline=None)
settings.load_profile("steady")
