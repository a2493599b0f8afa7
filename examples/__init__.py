"""The example: an invented newsroom on loopback, and the script that walks through it day by day."""
