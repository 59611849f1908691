"""The static site: pages, charts, a feed, and the folder that holds them."""

from tracker.publish.folder import Laid
from tracker.publish.site import publish

__all__ = ["Laid", "publish"]
