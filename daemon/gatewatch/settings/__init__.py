"""`config.toml` and `rules/` as one immutable `Settings`, or every problem at once with line and column."""

from gatewatch.settings.last_good import Loaded as Loaded
from gatewatch.settings.last_good import load_files as load_files
from gatewatch.settings.last_good import load_kept as load_kept
from gatewatch.settings.last_good import load_or_last_good as load_or_last_good
from gatewatch.settings.learned import learned as learned
from gatewatch.settings.loading import Settings as Settings
from gatewatch.settings.loading import load as load
from gatewatch.settings.loading import missing_secrets as missing_secrets
from gatewatch.settings.problems import InvalidSettings as InvalidSettings
from gatewatch.settings.problems import Problem as Problem
from gatewatch.settings.rule_files import load_rules as load_rules
from gatewatch.settings.secrets import find_secret as find_secret
from gatewatch.settings.shipped import shipped_config as shipped_config
from gatewatch.settings.shipped import shipped_rules as shipped_rules
from gatewatch.settings.shipped import shipped_units as shipped_units
from gatewatch.settings.words import load_words as load_words
