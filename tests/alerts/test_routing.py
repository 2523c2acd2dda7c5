from __future__ import annotations

from gatewatch.alerts.routing import channels_for
from gatewatch.model import Route, Severity

from .samples import an_alert


def test_a_route_without_conditions_takes_everything() -> None:
    assert channels_for(an_alert(), [Route(to=("desk",))]) == ("desk",)


def test_all_routes_that_fit_are_taken_and_each_channel_once() -> None:
    routes = [
        Route(to=("desk", "mail"), severity=(Severity.CRITICAL, Severity.HIGH)),
        Route(to=("mail", "log")),
        Route(to=("pager",), severity=(Severity.INFO,)),
    ]
    assert channels_for(an_alert(), routes) == ("desk", "mail", "log")


def test_every_condition_of_a_route_has_to_hold() -> None:
    route = Route(to=("desk",), severity=(Severity.CRITICAL,), rule=("fi-closure",), country=("FI", "NO"))
    assert channels_for(an_alert(), [route]) == ("desk",)
    assert channels_for(an_alert(severity=Severity.LOW), [route]) == ()
    assert channels_for(an_alert(rule="storskog"), [route]) == ()
    assert channels_for(an_alert(country="EE"), [route]) == ()


def test_an_alert_about_no_country_goes_by_routes_that_name_none() -> None:
    routes = [Route(to=("fi",), country=("FI",)), Route(to=("all",))]
    assert channels_for(an_alert(country=None), routes) == ("all",)


def test_without_routes_nobody_is_told() -> None:
    assert channels_for(an_alert(), []) == ()
