"""How a measurement is shown: beside its limit on this machine and our aim."""

from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Row:
    """One figure. `runs` are all values measured; the median is quoted. `limit` is what the machine can do at all."""

    work: str
    unit: str
    runs: list[float]
    limit: float | None = None
    limit_is: str = ""
    aim: str = ""

    @property
    def ours(self) -> float:
        return median(self.runs)

    @property
    def share(self) -> str:
        """Our figure as a share of the limit: "53 %"."""
        share = 100 * self.ours / self.limit if self.limit else 0
        return f"{share:.{0 if share >= 10 else 1}f} %" if self.limit else ""

    @property
    def spread(self) -> str:
        return f"{number(min(self.runs))} to {number(max(self.runs))}" if len(self.runs) > 1 else ""


def number(value: float) -> str:
    """Three figures that matter: 1,512; 84.5; 0.48."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def markdown(rows: list[Row]) -> str:
    """The rows as a Markdown table, for the terminal and for the README."""
    lines = ["| work | unit | ours | runs | limit of this machine | share | our aim |", "|---|---|---|---|---|---|---|"]
    for row in rows:
        limit = f"{number(row.limit)} ({row.limit_is})" if row.limit else row.limit_is
        lines.append(
            f"| {row.work} | {row.unit} | {number(row.ours)} | {row.spread} | {limit} | {row.share} | {row.aim} |"
        )
    return "\n".join(lines)
