"""How another system's extract reads as cases: one YAML file, checked before a row is read."""

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, field_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from townline.cases.models import Outcome
from townline.catalogue.models import Kind
from townline.channels.models import Channel


class MappingRefused(Exception):
    """The mapping file is wrong; the message says where, and what would be right."""


def _known(values: list[str], value: str) -> str:
    if value not in values:
        raise ValueError(f"“{value}” is not known; use one of {', '.join(values)}")
    return value


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Columns(_Strict):
    """Which column holds what. Only the first four are needed."""

    number: str
    received: str
    type: str
    status: str
    changed: str | None = None
    closed: str | None = None
    channel: str | None = None
    place: str | None = None
    latitude: str | None = None
    longitude: str | None = None

    def named(self) -> Iterator[tuple[str, str]]:
        """(what, column) of every column that is named."""
        return ((what, column) for what, column in self if column)


class NewService(_Strict):
    """A service that is made for the import when the catalogue has none of this code; never offered."""

    name: dict[Literal["en", "fr"], str]
    department: str
    kind: Annotated[str, AfterValidator(lambda value: _known(Kind.values, value))] = Kind.SERVICE_REQUEST


class ServiceOf(_Strict):
    """The service that a type of the other system becomes."""

    service: str
    new: NewService | None = None


class StatusOf(_Strict):
    """Where a case stands: `open`, or `closed` with the outcome."""

    status: Literal["open", "closed"]
    outcome: Annotated[str, AfterValidator(lambda value: _known(Outcome.values, value))] | None = None

    @field_validator("outcome")
    @classmethod
    def closed_needs_outcome(cls, outcome: str | None, values: Any) -> str | None:
        """An outcome belongs to a closed status, and only there."""
        if (values.data.get("status") == "closed") != (outcome is not None):
            raise ValueError("a closed status needs an outcome, an open one has none")
        return outcome


class Mapping(_Strict):
    """The whole mapping."""

    source: str
    zone: str = "America/Toronto"
    encoding: Literal["utf-8", "cp1252", "latin-1"] = "utf-8"
    language: Literal["en", "fr"] = "en"
    date_format: str
    columns: Columns
    types: dict[str, ServiceOf]
    statuses: dict[str, StatusOf]
    channels: dict[str, Annotated[str, AfterValidator(lambda value: _known(Channel.values, value))]] = {}

    @field_validator("zone")
    @classmethod
    def zone_exists(cls, zone: str) -> str:
        """A time zone of the IANA list."""
        if zone not in available_timezones():
            raise ValueError(f"“{zone}” is not a time zone; write for example America/Toronto")
        return zone

    @property
    def zone_info(self) -> ZoneInfo:
        """The zone the other system's dates are in."""
        return ZoneInfo(self.zone)


def read_mapping(path: Path) -> Mapping:
    """The mapping in a file; raises `MappingRefused` with every mistake at once."""
    try:
        loaded = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as error:
        raise MappingRefused(f"{path.name} cannot be read: {error}") from None
    try:
        return Mapping.model_validate(loaded)
    except ValidationError as error:
        lines = [f"{path.name}: {'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
        raise MappingRefused("\n".join(lines)) from None
