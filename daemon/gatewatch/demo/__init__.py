"""November 2023 at the Finnish border, lived through in half a minute by the real daemon."""
