"""A sink that delivers through one apprise service."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from apprise import Apprise, AppriseAsset, NotifyFormat, NotifyType

from gatewatch.alerts.messages import USUAL, Budget, Family, Message
from gatewatch.alerts.results import Result
from gatewatch.alerts.verdicts import judge
from gatewatch.model import Severity

#: Seconds for all of one attempt. Single reads and connects have shorter limits of their own.
ATTEMPT = 45

_FORMATS = {
    Family.MRKDWN: NotifyFormat.MARKDOWN,
    Family.MARKDOWN: NotifyFormat.MARKDOWN,
    Family.HTML: NotifyFormat.HTML,
    Family.PLAIN: NotifyFormat.TEXT,
}
_TYPES = {Severity.CRITICAL: NotifyType.FAILURE, Severity.HIGH: NotifyType.WARNING}


def new_asset() -> AppriseAsset:
    """How apprise works for us: no threads for one service, no redirects, no keys made unasked."""
    _keep_apprise_quiet()
    return AppriseAsset(
        app_id="Gatewatch",
        app_desc="Border alerts",
        app_url="",
        async_mode=False,
        service_timeout=ATTEMPT,
        http_redirects=False,
        secure_logging=True,
        pgp_autogen=False,
        payload_max_size=20_000,
    )


def _keep_apprise_quiet() -> None:
    """Lets apprise log in detail, and only to the result of each attempt.

    The answer of the far end stands at DEBUG beside the addresses of webhooks: needed to tell a broken token
    from a broken network, and nothing for the journal.
    """
    logger = logging.getLogger("apprise")
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    logging.getLogger("urllib3").setLevel(logging.INFO)  # at DEBUG it names every address that it posts to


@dataclass(frozen=True, slots=True)
class AppriseSink:
    """`service_for` gives the apprise service for a message: always the same where it has a pace to keep."""

    service_for: Callable[[Message], Any]
    family: Family
    budget: Budget = USUAL

    def send(self, message: Message) -> Result:
        """One attempt. `body_format` is always declared: undeclared text revives `<!channel>` in Slack."""
        apprise = Apprise(asset=new_asset())
        apprise.add(self.service_for(message))
        return judge(
            apprise.notify(
                title=message.title,
                body=message.body,
                body_format=_FORMATS[self.family],
                notify_type=_TYPES.get(message.alert.severity, NotifyType.INFO),
                log_level=logging.DEBUG,
            )
        )
