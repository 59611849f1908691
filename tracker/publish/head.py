"""A page's metadata for those who link to it: its address, a description, a picture."""

from typing import NamedTuple

from tracker.publish.card import HEIGHT, WIDTH
from tracker.tables.markup import EMPTY, Markup, element, join

LENGTH = 300
"""The most characters of a description."""


def address_of(name: str, base: str) -> str:
    """Return the address of a file; that of the first page is the folder's, if it is known."""
    return base if base and name == "index.html" else f"{base}{name}"


def shortened(words: str, most: int) -> str:
    """Return words cut to at most `most` characters, between two words if possible."""
    if len(words) <= most:
        return words
    return f"{words[: most - 1].rpartition(' ')[0] or words[: most - 1]}…"


class Head(NamedTuple):
    """A page in short; `image` is the file of its picture, if it has one."""

    title: str
    description: str
    image: str = ""

    def links(self, base: str, site: str, name: str, picture: str) -> Markup:
        """Return the tags for the head of a file; none if the site has no address.

        A page without a picture of its own has that of the site, which may be empty.
        """
        if not base:
            return EMPTY
        address = address_of(name, base)
        words = shortened(self.description, LENGTH)
        told = {
            "og:type": "website" if name == "index.html" else "article",
            "og:site_name": site,
            "og:title": self.title,
            "og:description": words,
            "og:url": address,
        }
        if image := self.image or picture:
            told |= {
                "og:image": f"{base}{image}",
                "og:image:width": str(WIDTH),
                "og:image:height": str(HEIGHT),
                "og:image:alt": self.title if self.image else site,
            }
        metas = [element("meta", property=key, content=value) for key, value in told.items()]
        if image:
            metas.append(element("meta", name_="twitter:card", content="summary_large_image"))
        canonical = element("link", rel="canonical", href=address)
        return join([canonical, element("meta", name_="description", content=words), *metas])
