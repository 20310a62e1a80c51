"""Trains the upper layers of the encoder and the heads of the accurate model. Needs torch."""
