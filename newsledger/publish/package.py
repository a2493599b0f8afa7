"""The edition described for machines: Frictionless data package, schema.org Dataset with Croissant.

Both are made from :mod:`schemas.files` and the bytes of the files themselves; no clock goes in.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from typing import Any

from newsledger.publish.display import line, web_address
from newsledger.publish.record import Json
from schemas.config import Site
from schemas.edition import Edition
from schemas.files import ABOUT, TABLES
from schemas.published import Column, View

_MEDIA = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "json": "application/json",
    "md": "text/markdown",
}
_FIELD_TYPES = {
    "VARCHAR": "string",
    "DOUBLE": "number",
    "INTEGER": "integer",
    "BIGINT": "integer",
    "BOOLEAN": "boolean",
    "DATE": "date",
    "TIMESTAMPTZ": "datetime",
    "VARCHAR[]": "array",
    "DOUBLE[]": "array",
}
"""DuckDB types as types of the Table Schema (datapackage.org)."""
_CROISSANT_TYPES = {
    "DOUBLE": "sc:Float",
    "INTEGER": "sc:Integer",
    "BIGINT": "sc:Integer",
    "BOOLEAN": "sc:Boolean",
    "DATE": "sc:Date",
    "TIMESTAMPTZ": "sc:DateTime",
}
"""DuckDB types as data types of Croissant 1.0; everything else is ``sc:Text``."""
_ABOUT_EDITION = (
    "What the coverage read for this day says: figures and positions with their words, and what changed. "
    "Numbers and stances as reported, not checked facts."
)
_CONTEXT: Json = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{
        name: f"cr:{name}"
        for name in (
            "extract", "field", "fileProperty", "fileObject", "fileSet", "format", "includes",
            "isLiveDataset", "jsonPath", "key",
            "md5", "parentField", "path", "recordSet", "references", "regex", "repeated",
            "replace", "separator", "source", "subField", "transform",
        )
    },
}  # fmt: skip
"""The names of Croissant 1.0 (its format specification)."""


def data_package(edition: Edition, files: Mapping[str, bytes], site: Site) -> Json:
    """Return ``datapackage.json`` of an edition (Data Package 1, datapackage.org).

    Args:
        edition: the day.
        files: its files by name; those of :data:`schemas.files.ABOUT` become resources.
        site: title and address of the site.
    """
    tables = {view.name: view for view in TABLES}
    resources = [_resource(name, data, tables) for name, data in _described(files)]
    record: Json = {
        "name": f"newsledger-{edition.day.isoformat()}",
        "id": _edition_address(edition, site) or f"newsledger-{edition.day.isoformat()}-{edition.revision}",
        "title": f"{line(site.title)}: {edition.day.isoformat()}",
        "description": _ABOUT_EDITION,
        "version": f"{edition.revision}.0.0",
        "created": edition.published_at.isoformat(),
        "profile": "data-package",
        "resources": resources,
    }
    address = _edition_address(edition, site)
    return record | ({"homepage": address} if address else {})


def _described(files: Mapping[str, bytes]) -> list[tuple[str, bytes]]:
    """Return the files to describe, in their fixed order."""
    return [(name, files[name]) for name in ABOUT if name in files]


def _resource(name: str, data: bytes, tables: Mapping[str, View]) -> Json:
    stem, _, kind = name.partition(".")
    record: Json = {
        "name": name.lower().replace("_", "-"),
        "path": name,
        "title": ABOUT[name],
        "format": kind.rpartition(".")[2] or "txt",
        "mediatype": _MEDIA.get(kind.rpartition(".")[2], "text/plain"),
        "bytes": len(data),
        "hash": f"sha256:{hashlib.sha256(data).hexdigest()}",
        # Readers of packages guess what a file is from its name and would take changes.schema.json for
        # a Table Schema.
        "type": "file",
    }
    if kind == "csv" and stem in tables:
        record |= {
            "type": "table",
            "profile": "tabular-data-resource",
            "encoding": "utf-8",
            "schema": table_schema(tables[stem]),
        }
        record["dialect"] = {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True}
    return record


def table_schema(view: View) -> Json:
    """Return the Table Schema of one of the edition's tables; an empty field is a missing value."""
    return {
        "fields": [_field(column) for column in view.columns],
        "primaryKey": [view.columns[0].name],
        "missingValues": [""],
    }


def _field(column: Column) -> Json:
    return {"name": column.name, "type": _FIELD_TYPES[column.type], "description": column.comment}


def croissant(edition: Edition, files: Mapping[str, bytes], site: Site) -> Json:
    """Return ``croissant.json`` of an edition: a schema.org Dataset whose columns Croissant 1.0 describes.

    Args:
        edition: the day.
        files: its files by name.
        site: title and address of the site.
    """
    address = _edition_address(edition, site)
    title = f"{line(site.title)}: {edition.day.isoformat()}"
    cited = f"{title}, revision {edition.revision}"
    record: Json = {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": title,
        "description": _ABOUT_EDITION,
        "version": f"{edition.revision}.0.0",
        "datePublished": edition.published_at.isoformat(),
        "temporalCoverage": edition.day.isoformat(),
        "isLiveDataset": False,
        "citeAs": f"{cited}, {address}" if address else cited,
        "keywords": [line(head.title) for head in edition.stories],
        "creator": {"@type": "sc:Organization", "name": line(site.title)},
        "distribution": [_file_object(name, data, address) for name, data in _described(files)],
        "recordSet": [_record_set(view) for view in TABLES],
    }
    return record | ({"url": address} if address else {})


def _file_object(name: str, data: bytes, address: str | None) -> Json:
    return {
        "@type": "cr:FileObject",
        "@id": name,
        "name": name,
        "description": ABOUT[name],
        "contentUrl": f"{address}{name}" if address else name,
        "encodingFormat": _MEDIA.get(name.rpartition(".")[2], "text/plain"),
        "contentSize": f"{len(data)} B",
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def _record_set(view: View) -> Json:
    return {
        "@type": "cr:RecordSet",
        "@id": view.name,
        "name": view.name,
        "description": f"One record: {view.comment}.",
        "key": {"@id": f"{view.name}/{view.columns[0].name}"},
        "field": [
            {
                "@type": "cr:Field",
                "@id": f"{view.name}/{column.name}",
                "name": column.name,
                "description": column.comment,
                "dataType": _CROISSANT_TYPES.get(column.type, "sc:Text"),
                "source": {"fileObject": {"@id": f"{view.name}.csv"}, "extract": {"column": column.name}},
            }
            for column in view.columns
        ],
    }


def site_dataset(site: Site, first: date | None, last: date | None) -> Json:
    """Return the schema.org Dataset of all editions, for the page of the data."""
    address = web_address(site.url)
    record: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": line(site.title),
        "description": "Figures and positions the news reports, with evidence; what changed each day.",
        "isAccessibleForFree": True,
        "measurementTechnique": "Software reads the coverage; every record carries its verbatim words.",
    }
    if first and last:
        record["temporalCoverage"] = f"{first.isoformat()}/{last.isoformat()}"
    return record | ({"url": address} if address else {})


def _edition_address(edition: Edition, site: Site) -> str | None:
    address = web_address(site.url)
    return f"{address.rstrip('/')}/{edition.day.isoformat()}/" if address else None
