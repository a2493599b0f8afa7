"""WebSub (W3C recommendation): hubs that bring a feed's news the moment it is published.

``discovery`` finds hub and topic, ``signature`` checks who sent a push, ``subscriptions`` keeps the leases,
``subscriber`` talks to hubs, ``receiver`` is the web application they talk to.
"""
