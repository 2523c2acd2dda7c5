"""Which matches tell of the same decision, and what decisions and counts come to. Pure: knows only the model."""

from gatewatch.stories.by_rule import rearmed as rearmed
from gatewatch.stories.confirming import Placement as Placement
from gatewatch.stories.confirming import Teller as Teller
from gatewatch.stories.copies import is_copy as is_copy
from gatewatch.stories.copies import runs_of as runs_of
from gatewatch.stories.placing import horizon as horizon
from gatewatch.stories.placing import place as place
from gatewatch.stories.spells import Spell as Spell
from gatewatch.stories.spells import State as State
from gatewatch.stories.timeline import Ending as Ending
from gatewatch.stories.timeline import Line as Line
from gatewatch.stories.timeline import Timeline as Timeline
from gatewatch.stories.timeline import timeline as timeline
from gatewatch.stories.timeline import upcoming_ends as upcoming_ends
