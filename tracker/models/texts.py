"""The table of kept texts: their hashes; the files are beside the book."""

from sqlmodel import Field

from tracker.models.columns import Word, check, word_checks
from tracker.models.declared import Version, version
from tracker.vocabulary import Media


class SourceText(Version, table=True):
    """A kept text of a source; its day is that of its entry, and its file is beside the book."""

    __tablename__ = "source_text"
    __table_args__ = version(
        "source_text",
        *word_checks(media=Media),
        check("hash_length", "length(file_sha256) = 32 AND length(words_sha256) = 32"),
        check("words", "words BETWEEN 1 AND 2147483646"),
        check("reader_is_named", "length(reader) BETWEEN 1 AND 100"),
        kind="text",
    )

    file_sha256: bytes
    """SHA-256 of the file."""
    words_sha256: bytes
    words: int
    media: Media = Field(sa_type=Word)
    reader: str
