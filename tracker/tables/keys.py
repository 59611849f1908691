"""The keys by which programs find the values of rows, in JSON and in CSV."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

SHORT = 4
"""The most columns that a row may have to be written within one cell."""


class Key(NamedTuple):
    """One key of a row, and the fields that lead to its value."""

    name: str
    fields: tuple[str, ...]
    inner: "Keys | None" = None
    """The keys of the row, or of each of the rows, that it holds; if None, these have all."""
    is_list: bool = False
    """Whether it holds a list of rows."""

    def of(self, row: Any) -> Any:
        """Return its value in a row, or None if there is none."""
        for name in self.fields:
            row = None if row is None else getattr(row, name)
        return row


class Keys(NamedTuple):
    """The keys of a type of row, in order."""

    kind: type[Any]
    each: tuple[Key, ...]

    def values(self, row: Any) -> dict[str, Any]:
        """Return the values of a row by their keys."""
        return {key.name: key.of(row) for key in self.each}


NONE: Mapping[str, Keys] = {}


def keys_of(
    kind: type[Any],
    *,
    flat: Mapping[str, Keys] = NONE,
    row: Mapping[str, Keys] = NONE,
    rows: Mapping[str, Keys] = NONE,
    hidden: Iterable[str] = (),
) -> Keys:
    """Return the keys of a type of row: its fields in order, but for the `hidden` ones.

    Fields that hold a `row`, or a list of `rows`, are given with the keys of these. The keys of a
    `flat` one take the place of its own.
    """
    keys = list[Key]()
    for name in kind._fields:
        if name in flat:
            keys += [key._replace(fields=(name, *key.fields)) for key in flat[name].each]
        elif name not in hidden:
            keys.append(Key(name, (name,), row.get(name) or rows.get(name), name in rows))
    return Keys(kind, tuple(keys))


def columns_of(keys: Keys) -> dict[str, Key]:
    """Return the columns of a table in CSV: the keys of a row within a row are joined.

    A list of rows is one column if they are short, and none if they are not.
    """
    columns = {}
    for key in keys.each:
        inner = columns_of(key.inner) if key.inner else {}
        if not inner or (key.is_list and len(inner) <= SHORT):
            columns[key.name] = key
        elif not key.is_list:
            for name, nested in inner.items():
                fields = (*key.fields, *nested.fields)
                columns[f"{key.name}_{name}"] = nested._replace(fields=fields)
    return columns
