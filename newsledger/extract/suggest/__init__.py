"""What a codebook could count and name besides, from what was read already, as YAML to paste into it."""
