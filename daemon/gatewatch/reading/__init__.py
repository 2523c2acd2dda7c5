"""What a text says about borders, and on which words it rests. Pure: knows only the model."""

from gatewatch.reading.later import LateReader as LateReader
from gatewatch.reading.later import Reads as Reads
from gatewatch.reading.reader import Reader as Reader
