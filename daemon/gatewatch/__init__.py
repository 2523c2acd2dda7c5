"""Gatewatch: tells you within minutes, and once, when a border closes."""
