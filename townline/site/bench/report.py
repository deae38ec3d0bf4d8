"""What a measurement says: figures to read, and gates that it passes or not."""

import os
import sys
from dataclasses import dataclass, field


@dataclass
class Report:
    """The report of one measurement; `failed` names the gates that were not passed."""

    name: str
    database: str
    seed: int
    quick: bool
    failed: list[str] = field(default_factory=list)

    def settings(self, **settings: object) -> None:
        """Begin: what is measured, and how, so that it can be repeated."""
        said = ", ".join(f"{name.replace('_', ' ')} {value}" for name, value in settings.items())
        load = os.getloadavg()[0]
        quick = ", quick" if self.quick else ""
        self._line(f"\n{self.name} on {self.database} (seed {self.seed}{quick}, {said}, load {load:.1f})")

    def figure(self, name: str, value: float, unit: str, goal: str = "") -> None:
        """Something to read; it decides nothing."""
        self._line(f"          {name:<46} {_written(value)} {unit}{f'  (goal: {goal})' if goal else ''}")

    def at_least(self, name: str, value: float, limit: float, unit: str = "") -> None:
        """A gate: not less than this."""
        self._gate(name, value, f"at least {_written(limit).strip()} {unit}".strip(), unit, passed=value >= limit)

    def at_most(self, name: str, value: float, limit: float, unit: str = "") -> None:
        """A gate: not more than this."""
        self._gate(name, value, f"at most {_written(limit).strip()} {unit}".strip(), unit, passed=value <= limit)

    def _gate(self, name: str, value: float, limit: str, unit: str, *, passed: bool) -> None:
        word = "passed" if passed else "FAILED"
        self._line(f"  {word}  {name:<46} {_written(value)} {unit}  ({limit})")
        if not passed:
            self.failed.append(f"{self.name}: {name}")

    def _line(self, text: str) -> None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def quantile(values: list[float], share: float) -> float:
    """The value below which this share of them lies."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def _written(value: float) -> str:
    if isinstance(value, int) or value >= 1000:
        return f"{value:10,.0f}"
    return f"{value:10.3f}" if value < 1 else f"{value:10.1f}"
