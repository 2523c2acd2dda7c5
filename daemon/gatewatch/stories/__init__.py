"""Which matches tell of the same decision. Pure: knows only the model."""

from gatewatch.stories.confirming import Placement as Placement
from gatewatch.stories.confirming import Teller as Teller
from gatewatch.stories.copies import is_copy as is_copy
from gatewatch.stories.copies import runs_of as runs_of
from gatewatch.stories.placing import horizon as horizon
from gatewatch.stories.placing import place as place
from gatewatch.stories.placing import rearmed as rearmed
