"""Which matches tell of the same decision. Pure: knows only the model."""

from gatewatch.stories.placing import Placement as Placement
from gatewatch.stories.placing import horizon as horizon
from gatewatch.stories.placing import place as place
from gatewatch.stories.placing import rearmed as rearmed
