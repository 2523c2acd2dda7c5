"""Makes a service impatient with its couriers: in life it waits longer for one than a test can wait for it.

No test and no module of anybody's: Python runs a file of this name at its start.
"""

from gatewatch.service import pulses, senders

pulses.NETWORK_CHANNEL = senders.NETWORK_CHANNEL = 8.0
