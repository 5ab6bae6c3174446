"""A bundle of tables as a Data Package, version 1: CSV files and what is in them.

https://specs.frictionlessdata.io (data-package, data-resource, table-schema). It is
version 1 because every reader knows it; frictionless for R knows no other.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from lupus_evidence.documents.document import Bundle, Column, Paragraph, Resource, Rule
from lupus_evidence.documents.text import visible
from lupus_evidence.writers.markdown import render_document
from lupus_evidence.writers.tabular import escaped, render_separated

#: What programs call the package; the receipt tells one from another.
NAME = "evidence-tables"
DESCRIPTOR, README, TERMS = "datapackage.json", "README.md", "LICENCE.txt"

#: A fixed time of making, so that identical data give identical bytes.
MADE = (2000, 1, 1, 0, 0, 0)
#: Mode of the files in an archive, as Unix keeps it there, and who kept it.
_MODE, _UNIX = 0o100644 << 16, 3

#: How the specification writes a licence's name, and the addresses of the usual ones.
_LICENCE_NAME = re.compile(r"[-a-zA-Z0-9._]+")
_LICENCES = {
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
}


def package_files(bundle: Bundle) -> dict[str, bytes]:
    """Return the files of a package by their names, the descriptor last.

    Parameters
    ----------
    bundle : Bundle
        Its tables become CSV, what they are about a page in Markdown.
    """
    tables = {
        _path(item): render_separated(item.table).encode() for item in bundle.resources
    }
    files = {**tables, README: render_document(bundle.about).encode()}
    if bundle.licence and not _LICENCE_NAME.fullmatch(bundle.licence):
        files[TERMS] = f"{visible(bundle.licence)}\n".encode()
    content = _descriptor(bundle, tables)
    text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False)
    return {**files, DESCRIPTOR: f"{escaped(text)}\n".encode()}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Return files as one archive, the same bytes for the same files.

    Parameters
    ----------
    files : mapping of str to bytes
        By name, in the order in which they stand in it.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, MADE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr, entry.create_system = _MODE, _UNIX
            archive.writestr(entry, content)
    return buffer.getvalue()


def _path(item: Resource) -> str:
    """Return the name of a table's file."""
    return f"{item.table.name}.csv"


def _descriptor(bundle: Bundle, tables: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what the package says of itself; nothing of when it was made."""
    receipt, held = bundle.receipt, _held(bundle)
    texts = (block for block in bundle.about.blocks if isinstance(block, Paragraph))
    content = {
        "profile": "tabular-data-package",
        "name": NAME,
        "id": receipt.data_hash,
        "title": bundle.about.title,
        "description": "\n\n".join(block.text for block in texts),
        "version": receipt.records_version,
        "licenses": _licences(bundle.licence),
        "sources": [{"title": source} for source in bundle.sources],
        "receipt": asdict(receipt),
        "resources": [
            _resource(item, tables[_path(item)], held) for item in bundle.resources
        ],
    }
    return {key: value for key, value in content.items() if value}


def _licences(licence: str | None) -> list[dict[str, str]]:
    """Return a licence by its name, or by the file that has its words."""
    if not licence:
        return []
    if not _LICENCE_NAME.fullmatch(licence):
        return [{"path": TERMS}]
    address = _LICENCES.get(licence)
    return [{"name": licence} | ({"path": address} if address else {})]


def _held(bundle: Bundle) -> set[tuple[str, str]]:
    """Return the columns whose every name stands for a row of the other table."""
    broken = {(item.table.name, one.column) for item, one, _ in bundle.dangling()}
    return {
        (item.table.name, one.column)
        for item in bundle.resources
        for one in item.references
    } - broken


def _resource(
    item: Resource, content: bytes, held: set[tuple[str, str]]
) -> dict[str, Any]:
    """Return what the package says of a table."""
    schema: dict[str, Any] = {
        "fields": [
            _field(column, item.rules.get(column.key))
            for column in item.table.data_columns()
        ],
        "missingValues": [""],
    }
    if item.key:
        schema["primaryKey"] = [item.key]
    keys = [
        {
            "fields": [one.column],
            "reference": {"resource": one.resource, "fields": ["id"]},
        }
        for one in item.references
        if (item.table.name, one.column) in held
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": item.table.name,
        "path": _path(item),
        "title": item.title,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def _field(column: Column, rule: Rule | None) -> dict[str, Any]:
    """Return what the package says of a column."""
    if rule is None:
        return {
            "name": column.key,
            "type": "number" if column.proportion else "string",
            "description": column.meaning,
        }
    constraints = {
        "required": rule.required or None,
        "enum": list(rule.names) or None,
        "minimum": rule.low,
        "maximum": rule.high,
        "pattern": rule.pattern or None,
    }
    told = {key: value for key, value in constraints.items() if value is not None}
    field: dict[str, Any] = {
        "name": column.key,
        "type": rule.kind,
        "description": rule.meaning or column.meaning,
    }
    return {**field, "constraints": told} if told else field
