"""A sample company with one project that began two months ago: built in seconds."""

from dataclasses import replace

from django.apps import AppConfig


class SmallSample(AppConfig):
    """Leaves all projects but one out of the story."""

    name = "tests.flows"
    label = "small_sample"

    def ready(self) -> None:
        """Shorten the story, before anybody tells it."""
        from kaname.site.sample import life, timetable

        case = next(case for case in life.CASES if case.code == "22")
        life.CASES = (replace(case, start_week=-7, members=("K0010", *case.members)),)
        timetable.FOUNDED_WEEK = -9
