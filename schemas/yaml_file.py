"""Read YAML and TOML that people edit into models, with errors that name file, line and key."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

import yaml
from pydantic import BaseModel, ValidationError

from schemas.errors import ConfigError

M = TypeVar("M", bound=BaseModel)
MAX_BYTES = 5_000_000
"""A hand-written file is far smaller; a larger one is a mistake (or an attack on the parser)."""


class _UniqueKeyLoader(yaml.SafeLoader):
    """SafeLoader that refuses a key written twice, which YAML would let win silently."""


def _construct_mapping(loader: _UniqueKeyLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in seen:
            raise yaml.constructor.ConstructorError(
                None, None, f"the key {key!r} is written twice", key_node.start_mark
            )
        seen.add(key)
    return loader.construct_mapping(node, deep=True)


_UniqueKeyLoader.add_constructor("tag:yaml.org,2002:map", _construct_mapping)


def read_yaml(path: Path, model: type[M]) -> M:
    """Return the model a YAML file describes.

    Raises:
        ConfigError: the file is missing, too large, no YAML, or does not fit the model; the message
            names file, line, key path, the value and the nearest valid key.
    """
    text = _read_text(path)
    try:
        node = yaml.compose(text, Loader=_UniqueKeyLoader)
        data = yaml.load(text, Loader=_UniqueKeyLoader)  # noqa: S506 - a SafeLoader
    except yaml.YAMLError as error:
        raise ConfigError(_yaml_message(path, error), hint="fix the line named") from error
    if not isinstance(data, dict):
        raise ConfigError(f"{path}:1: a mapping of keys is expected, the file holds none")
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ConfigError("\n".join(_messages(path, error, node, model))) from error


def read_toml(path: Path, model: type[M]) -> M:
    """Return the model a TOML file describes.

    Raises:
        ConfigError: the file is missing, no TOML, or does not fit the model.
    """
    try:
        data = tomllib.loads(_read_text(path))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}") from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ConfigError("\n".join(_messages(path, error, None, model))) from error


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ConfigError(f"{path}: larger than {MAX_BYTES} bytes, this is no hand-written file")
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}: not UTF-8 (byte {error.start})", hint="save it as UTF-8") from error
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror or error}") from error


def _yaml_message(path: Path, error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    return f"{path}:{mark.line + 1 if mark else 1}: {problem}"


def _messages(
    path: Path, error: ValidationError, node: yaml.Node | None, model: type[BaseModel]
) -> Iterator[str]:
    for problem in error.errors(include_url=False):
        location = tuple(problem["loc"])
        line = f":{_line(node, location)}" if node is not None else ""
        key = ".".join(str(part) for part in location if part != "[key]")
        yield f"{path}{line}: {key or 'file'}: {_text(problem, model, location)}"


def _text(problem: Any, model: type[BaseModel], location: tuple[int | str, ...]) -> str:
    message = str(problem["msg"]).removeprefix("Value error, ")
    if problem["type"] != "extra_forbidden":
        value = repr(problem.get("input"))
        return message if len(value) > 60 or problem["type"] == "missing" else f"{message}, not {value}"
    valid = valid_keys(model, location[:-1])
    near = difflib.get_close_matches(str(location[-1]), valid, n=1, cutoff=0.5)
    guess = f"; did you mean {near[0]!r}?" if near else f"; valid keys: {', '.join(valid)}"
    return f"unknown key {str(location[-1])!r}{guess}"


def valid_keys(model: type[BaseModel], location: tuple[int | str, ...]) -> list[str]:
    """Return the keys a model accepts at a path of keys and indexes inside it."""
    current: Any = model
    for part in location:
        current = _step(current, part)
    inner = current if isinstance(current, type) and issubclass(current, BaseModel) else None
    return sorted(inner.model_fields) if inner else []


def _step(annotation: Any, part: int | str) -> Any:
    """Return the type found by one key or index inside a type, or None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        field = annotation.model_fields.get(str(part))
        return field.annotation if field else None
    if get_origin(annotation) in (dict, list):
        return get_args(annotation)[-1]
    return next((_step(inner, part) for inner in get_args(annotation)), None)


def _line(node: yaml.Node | None, location: tuple[int | str, ...]) -> int:
    """Return the line of the deepest part of a location the file really has."""
    line = node.start_mark.line + 1 if node is not None else 1
    for part in location:
        if isinstance(node, yaml.MappingNode):
            for key_node, value_node in node.value:
                if key_node.value == str(part):
                    line, node = key_node.start_mark.line + 1, value_node
                    break
            else:
                return line
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
            node = node.value[part]
            line = node.start_mark.line + 1
    return line
