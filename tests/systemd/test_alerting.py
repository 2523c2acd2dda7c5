from __future__ import annotations

import time

from .station import PASSWORD, SECRET, Station


def test_a_new_item_arrives_as_a_mail_within_seconds_and_what_was_there_before_never(running: Station) -> None:
    published = time.time()
    running.feeds.publish("Here is gatekeyword1")
    assert running.mailbox.told("gatekeyword1").at - published < 10
    assert not running.mailbox.mails("gatekeyword0")


def test_a_secret_that_root_alone_can_read_reaches_the_service(running: Station) -> None:
    assert running.machine.run("stat", "--format=%a %U", SECRET).stdout == "600 root\n"
    running.feeds.publish("Here is gatekeyword2")
    mail = running.mailbox.told("gatekeyword2")
    assert (mail.login, mail.password) == ("gatewatch", PASSWORD)


def test_the_commands_of_root_see_what_the_service_does(running: Station) -> None:
    running.feeds.publish("Here is gatekeyword3")
    running.mailbox.told("gatekeyword3")
    assert "Here is gatekeyword3" in running.deliveries()


def test_commands_of_root_while_it_rests_leave_nothing_that_it_cannot_write(running: Station) -> None:
    running.stop()
    assert "no daemon runs" in running.gatewatch("status", check=False).stdout
    running.gatewatch("silence", "add", "--country", "SE", "--for", "1m", "--reason", "nothing is expected from there")
    running.machine.write(SECRET, "another password\n", mode=0o600)
    running.start()
    running.feeds.publish("Here is gatekeyword4")
    assert running.mailbox.told("gatekeyword4").password == "another password"
