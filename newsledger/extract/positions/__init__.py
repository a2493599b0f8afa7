"""Positions and attendance: the issue spoken of, whose stance, which stance, on what condition."""
