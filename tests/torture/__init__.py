"""Never lose a mention: a platform with known truth, faults of every kind, and a judge."""
