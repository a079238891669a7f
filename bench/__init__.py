"""Measurements: `make bench`. Each figure stands beside the limit of the machine, measured in the same run."""
