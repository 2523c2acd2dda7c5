"""What a text says about borders, and on which words it rests. Pure: knows only the model."""

from gatewatch.reading.reader import Reader as Reader
