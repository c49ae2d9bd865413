"""Background entry points of learn."""

from procrastinate.contrib.django import app

from dure.learn.models import CourseVersion


@app.task
def grade_again(version: str) -> None:
    """Grade with this version's tests what learners handed in before. Harmless when run twice."""
    from dure.learn.labs import asking  # noqa: PLC0415 - the labs' packages are for whoever grades, not for each web process

    found = CourseVersion.objects.get(uid=version)
    for lab in found.labs.select_related("version__course__organisation"):
        asking.grade_again(lab)
