"""How long questions take, as a plot."""

from collections.abc import Sequence

from bot.cli.evaluation.page import plots


def times_view(milliseconds: Sequence[float]) -> dict[str, object]:
    """Return a histogram of at least one time; what takes unusually long counts into its last bin."""
    bins = plots.histogram(milliseconds, plots.time_edges(milliseconds))
    bars = plots.counted([(f"{one.low:g}", one.count) for one in bins])
    return {"bars": bars, "bins": bins, "x": plots.Scale(0, bins[-1].high)}
