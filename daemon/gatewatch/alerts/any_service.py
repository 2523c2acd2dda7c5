"""Any of the services that apprise knows, by its URL."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from apprise import Apprise, NotifyFormat

from gatewatch.alerts.messages import Budget, Family
from gatewatch.alerts.sinks import BadChannel
from gatewatch.alerts.through_apprise import AppriseSink, new_asset

#: Ways out that end on this machine, where nobody looks, or reach for its desktop and devices.
REFUSED = frozenset(
    {"syslog", "dbus", "kde", "qt", "glib", "gnome", "macosx", "windows", "blink1", "file", "exec"}
)

#: What the outbox does better (retry, wait), what would call a failure a success (optional), and what makes
#: apprise read a file of this machine.
REFUSED_OPTIONS = frozenset({"retry", "wait", "optional", "template"})


def open_any(url: str, *, markdown: bool = False) -> AppriseSink:
    """A sink for an apprise URL, in plain text unless `markdown` is asked for.

    Raises `BadChannel`, never with the URL in it: it is a secret.
    """
    scheme = urlsplit(url).scheme.lower()
    if scheme in REFUSED:
        raise BadChannel(f"{scheme}:// is not a way to reach people; use type `console` or `file`")
    given = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
    if refused := sorted(REFUSED_OPTIONS & {name.lower() for name in given}):
        raise BadChannel(f"the apprise URL must not set {', '.join(refused)}: the outbox retries by itself")
    patience = "&".join(f"{name}={value}" for name, value in (("rto", 15), ("cto", 5)) if name not in given)
    patient = f"{url}{'&' if '?' in url else '?'}{patience}" if patience else url
    service = Apprise.instantiate(patient, asset=new_asset(), suppress_exceptions=True)
    if service is None:
        raise BadChannel("apprise does not understand the URL in the secret (https://appriseit.com/services/)")
    family = Family.MARKDOWN if markdown else Family.PLAIN
    if markdown and service.resolve_format(NotifyFormat.MARKDOWN) is not NotifyFormat.MARKDOWN:
        raise BadChannel('this service takes no Markdown; leave out format = "markdown"')
    # where there is no title, apprise puts it before the body
    title = min(150, service.title_maxlen or 150)
    room = service.body_maxlen - (0 if service.title_maxlen else title + 4)
    return AppriseSink(lambda _: service, family, Budget(title=title, body=max(40, min(3000, room))))
