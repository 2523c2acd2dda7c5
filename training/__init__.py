"""How the weights of the second look are learned: `make weights`. See docs/learning.md."""
