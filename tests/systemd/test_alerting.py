from __future__ import annotations

import time

from .station import PASSWORD, Station
from .waiting import wait_for


def test_the_first_poll_of_a_source_tells_nothing(station: Station) -> None:
    station.publish("gatekeyword1 was news before the first poll")
    station.start_and_seed()
    station.publish("gatekeyword2 is news after it")
    station.told("gatekeyword2")
    assert not station.mails_about("gatekeyword1")


def test_a_new_item_arrives_as_a_mail_within_seconds(station: Station) -> None:
    station.start_and_seed()
    published = time.time()
    station.publish("Here is gatekeyword1")
    assert station.told("gatekeyword1").at - published < 5


def test_a_secret_in_etc_reaches_the_service_though_root_alone_can_read_it(station: Station) -> None:
    station.start_and_seed()
    station.publish("Here is gatekeyword1")
    mail = station.told("gatekeyword1")
    assert (mail.login, mail.password) == ("gatewatch", PASSWORD)


def test_another_secret_counts_after_a_restart(station: Station) -> None:
    station.start_and_seed()
    station.machine.write("/etc/gatewatch/secrets/mail-password", "another\n", mode=0o600)
    station.machine.run("systemctl", "restart", "gatewatch.service")
    station.publish("Here is gatekeyword1")
    assert station.told("gatekeyword1").password == "another"


def test_the_command_line_sees_what_the_service_does(station: Station) -> None:
    station.start_and_seed()
    station.publish("Here is gatekeyword1")
    station.told("gatekeyword1")
    wait_for(lambda: "gatekeyword1" in station.alerts())
    assert station.gatewatch("status").returncode == 0
