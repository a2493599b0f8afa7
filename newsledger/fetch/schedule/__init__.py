"""When a feed is asked again, and what its answers say of its health.

``failures`` weighs reasons, ``hints`` reads what publishers ask for, ``pace`` learns how often a feed brings
something, ``after_poll`` makes the next state of all that, ``retries`` does the same for single articles.
Pure functions: clock and randomness are passed in.
"""
