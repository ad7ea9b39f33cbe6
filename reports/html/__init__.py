"""A report as one page of HTML that needs nothing from outside."""

from reports.html.pages import page as page

__all__ = ["page"]
