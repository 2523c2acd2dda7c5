"""The log of a process: where it goes, in which form, and that nothing goes past it."""

from __future__ import annotations

import logging
import os
import sys
import threading
from collections.abc import Mapping
from types import TracebackType
from typing import TextIO

from gatewatch.journal import Form, FormFormatter, Secrets
from gatewatch.journal import line as line

# They log every request and every job at INFO.
CHATTY = ("apscheduler", "httpcore", "httpx")

log = logging.getLogger("gatewatch")


def usual_form(stream: TextIO, environment: Mapping[str, str] = os.environ) -> Form:
    """JOURNAL where `stream` goes there. The variable alone does not tell: children inherit it, too."""
    try:
        told = os.fstat(stream.fileno())
    except (OSError, ValueError):
        return Form.PLAIN
    here = environment.get("JOURNAL_STREAM") == f"{told.st_dev}:{told.st_ino}"
    return Form.JOURNAL if here else Form.PLAIN


def log_to(stream: TextIO, form: Form, secrets: Secrets | None = None, level: int = logging.INFO) -> None:
    """Sends the log of this process to `stream`, and with it whatever ends a thread or the process."""
    handler = logging.StreamHandler(stream)
    handler.setFormatter(FormFormatter(form, secrets))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in CHATTY:
        logging.getLogger(name).setLevel(logging.ERROR if level > logging.DEBUG else logging.DEBUG)
    logging.captureWarnings(True)
    sys.excepthook = _fell
    threading.excepthook = _thread_fell


def _fell(kind: type[BaseException], fault: BaseException, trace: TracebackType | None) -> None:
    log.critical(line("fell", error=repr(fault)), exc_info=(kind, fault, trace))


def _thread_fell(fall: threading.ExceptHookArgs) -> None:
    if fall.exc_value is None or isinstance(fall.exc_value, SystemExit):
        return
    told = (fall.exc_type, fall.exc_value, fall.exc_traceback)
    name = fall.thread.name if fall.thread else None
    log.critical(line("thread_fell", thread=name, error=repr(fall.exc_value)), exc_info=told)
