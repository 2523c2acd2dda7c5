"""What bench/reading.py measures: the texts, and what runs over them."""
