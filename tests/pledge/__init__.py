"""Books that released versions wrote: each later version has to open them."""
