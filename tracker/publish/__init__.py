"""The static site: pages, charts, a feed, and the folder that holds them."""

from tracker.publish.folder import Laid, lay, require_ours
from tracker.publish.site import site

__all__ = ["Laid", "lay", "require_ours", "site"]
