"""Where readers of a page try what a narrower range of an input would mean, without a server.

Some thousands of trials travel in the page, and its own small script counts those that lie inside
the ranges chosen.
"""

from reports.explorer.panel import explorable, panel, script, style

__all__ = ["explorable", "panel", "script", "style"]
