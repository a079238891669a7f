"""Where the counters of factories begin: anywhere, so that no test can rely on a number it did not give itself."""

from random import Random

from factory.django import DjangoModelFactory

seed = 0  # the seed of the run (tests/conftest.py), so that a run can be repeated


class CountingFactory(DjangoModelFactory):
    class Meta:
        abstract = True

    @classmethod
    def _setup_next_sequence(cls) -> int:
        return Random(f"{seed} {cls.__name__}").randrange(1, 10_000)
