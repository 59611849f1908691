"""A page's metadata for those who link to it: its address, a description, a picture."""

from typing import NamedTuple

from tracker.publish.card import HEIGHT, WIDTH
from tracker.tables.markup import EMPTY, Markup, element, join

LENGTH = 300
"""The most characters of a description."""


def address_of(name: str, base: str) -> str:
    """Return the address of a file; that of the first page is the folder's, if it is known."""
    return base if base and name == "index.html" else f"{base}{name}"


class Head(NamedTuple):
    """A page in short; `image` is the file of its picture, if it has one."""

    title: str
    description: str
    image: str = ""

    def links(self, base: str, site: str, name: str) -> Markup:
        """Return the tags for the head of a file; none if the site has no address."""
        if not base:
            return EMPTY
        address = address_of(name, base)
        words = self.description
        words = words if len(words) <= LENGTH else f"{words[: LENGTH - 1]}…"
        told = {
            "og:type": "website" if name == "index.html" else "article",
            "og:site_name": site,
            "og:title": self.title,
            "og:description": words,
            "og:url": address,
            **self._picture(base),
        }
        metas = [element("meta", property=key, content=value) for key, value in told.items()]
        canonical = element("link", rel="canonical", href=address)
        return join([canonical, element("meta", name_="description", content=words), *metas])

    def _picture(self, base: str) -> dict[str, str]:
        if not self.image:
            return {}
        return {
            "og:image": f"{base}{self.image}",
            "og:image:width": str(WIDTH),
            "og:image:height": str(HEIGHT),
            "og:image:alt": self.title,
            "twitter:card": "summary_large_image",
        }
