"""SQL files: triage lists, metrics, checks and digest sections."""
