"""Platforms to landing files, one module per platform."""
