"""How the shipped weights come about: sources, folds, fitting, calibration. Not needed to tag."""
