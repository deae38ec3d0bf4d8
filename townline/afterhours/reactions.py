"""What follows from a call: its pages go out."""

from townline.afterhours.paging import bring_page

__all__ = ["bring_page"]
