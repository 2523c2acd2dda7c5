"""Press pages: lists of news, JSON and tables of states, where an authority has no feed."""

from gatewatch.sources.pages.page import complaint as complaint
from gatewatch.sources.pages.reading import read_page as read_page
