"""The texts of sources: kept and compared."""

from pathlib import Path
from typing import Unpack

from tracker.book.access import Access, Asked
from tracker.book.answer import Answer
from tracker.book.values import Day


class Texts(Access):
    """Keeps texts of sources beside a book, and compares them."""

    def keep(
        self,
        source: str,
        file: str | Path | bytes,
        *,
        seen: Day | None = None,
        note: str | None = None,
    ) -> Answer:
        """Keep a text of a source: its hashes in the book, the file beside it.

        `file` is a path or a file's content; `seen` is the day on which the source had this text,
        by default today. Keeping the same file again adds nothing.
        """
        from tracker.journal import verbs
        from tracker.reports.receipt import receipt
        from tracker.texts.reading import content_of, page_of
        from tracker.texts.shelf import Shelf

        content = file if isinstance(file, bytes) else content_of(file)
        page = page_of(content, "-" if isinstance(file, bytes) else str(file), "source keep")
        seen_on = self.day(seen)
        with self._opened() as connection, connection.writing():
            shelf = Shelf.needed(connection.target)
            writer = self.writer(connection)
            numbers = verbs.keep(writer, source, page.fingerprint, seen_on, note)
            again = ["Its file was missing or altered, and has been put back."]
            notes = again if shelf.put(page) and writer.already else []
            return Answer(receipt(writer, numbers, notes=notes))

    def source_diff(
        self,
        source: str,
        *,
        start: Day | None = None,
        end: Day | None = None,
        every: bool = False,
        **asked: Unpack[Asked],
    ) -> Answer:
        """Return the words that changed between two kept texts, by default a source's last two.

        `start` and `end` name others, by a day or by an entry such as `#14`; with `every`, each
        text is compared with the one before it.
        """
        from tracker.reports.rewording import rewording

        first, last = self._text_named(start), self._text_named(end)
        return Answer(self.ask(lambda view: rewording(view, source, first, last, every), **asked))

    def _text_named(self, words: Day | None) -> "str | Day | None":
        """Return an entry's mark as it is, or the day that the words mean."""
        if words is None or (isinstance(words, str) and words.startswith("#")):
            return words
        return self.day(words)
