"""What a form with a question sends."""

from django.http import HttpRequest


def given_in(request: HttpRequest) -> list[str]:
    """What was chosen or written. Options that were put in order come as a place for each."""
    places = {
        name.removeprefix("place-"): str(value)
        for name, value in request.POST.items()
        if name.startswith("place-")
    }
    if places:
        return (
            sorted(places, key=lambda number: places[number])
            if len(set(places.values())) == len(places)
            else []
        )
    return [str(one) for one in request.POST.getlist("given")]
