"""[health]: where others can ask how Gatewatch is, beside the socket that is always there."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field, StrictInt

from gatewatch.settings import values


def _elsewhere(_: object) -> None:
    hint = "To be asked from elsewhere, put a reverse proxy in front, which also knows who may ask"
    raise values.wrong("can't be set: the port is open on 127.0.0.1 alone", hint)


Nowhere = Annotated[None, BeforeValidator(_elsewhere)]


class HealthTable(values.Table):
    port: Annotated[StrictInt, Field(ge=1024, le=65535)] | None = None
    host: Nowhere = None
    address: Nowhere = None
    bind: Nowhere = None
    listen: Nowhere = None
