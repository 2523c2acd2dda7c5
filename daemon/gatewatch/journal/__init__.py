"""What is said to the log: lines with fields, in the form that its reader wants, and never a secret.

Stands below all other rooms, so that each of them can speak to the log in the same way.
"""

from __future__ import annotations

from gatewatch.journal.formats import Form as Form
from gatewatch.journal.formats import FormFormatter as FormFormatter
from gatewatch.journal.lines import Line as Line
from gatewatch.journal.lines import line as line
from gatewatch.journal.masking import Secrets as Secrets
