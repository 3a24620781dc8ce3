"""The view of a training while it runs."""

from __future__ import annotations

import base64
import io
import time
from collections.abc import Callable, Iterator, Sequence
from html import escape
from typing import Any

from .shown import Shown

SECONDS_BETWEEN_UPDATES = 0.25
"""Time between updates: four a second look smooth, and take less than a hundredth of the training's time."""


class TrainingView:
    """View of a training below its cell, while it runs: its progress, and the curves of its losses.

    `plot(train_losses, test_losses)` returns a matplotlib figure.
    """

    def __init__(self, epochs: int, plot: Callable[[Sequence[float], Sequence[float]], Any]) -> None:
        self._epochs, self._plot, self._done = epochs, plot, 0
        self._bar, self._curves = Place(), Place()
        self._updated = time.monotonic()

    def houses(self, x: Sequence[Any]) -> Iterator[Any]:
        """Yield the houses `x` one by one; show now and then how many have been yielded."""
        for number, house in enumerate(x, start=1):
            yield house
            if time.monotonic() - self._updated > SECONDS_BETWEEN_UPDATES:
                self._progress(f"epoch {self._done + 1} of {self._epochs}: house {number} of {len(x)}", number / len(x))

    def show(self, train_losses: Sequence[float], test_losses: Sequence[float]) -> None:
        """Show the losses of the epochs so far."""
        self._done = len(train_losses)
        losses = f"training loss {train_losses[-1]:.4f}, test loss {test_losses[-1]:.4f}"
        self._progress(f"epoch {self._done} of {self._epochs}: {losses}", 1)
        said = [", ".join(f"{loss:.1f}" for loss in losses) for losses in (train_losses, test_losses)]
        self._curves.show(
            picture(self._plot(train_losses, test_losses), "training loss {}; test loss {}".format(*said))
        )

    def _progress(self, status: str, share: float) -> None:
        bars = (("epochs", self._epochs, self._done), ("this epoch", 1, round(share, 2)))
        shown = " ".join(
            f'<progress aria-label="{name}" max="{most}" value="{now}"></progress>' for name, most, now in bars
        )
        self._bar.show(Shown(f"<p>{shown} {escape(status)}</p>", status))
        self._updated = time.monotonic()


class Place:
    """A place below a cell whose content can be replaced; empty until something is shown."""

    def __init__(self) -> None:
        self._handle: Any = None

    def show(self, shown: Shown) -> None:
        """Put `shown` there, in place of what was there before."""
        from IPython.display import display

        if self._handle is None:
            self._handle = display(shown, display_id=True)
        else:
            self._handle.update(shown)


def picture(figure: Any, alt: str) -> Shown:
    """Return a matplotlib figure as an image, with the words `alt` for those who cannot see it."""
    import matplotlib.pyplot as plt

    png = io.BytesIO()
    figure.savefig(png, format="png", metadata={"Software": None})  # matplotlib's version would change the bytes
    plt.close(figure)  # otherwise the notebook shows the figure again at the end of the cell
    data = base64.b64encode(png.getvalue()).decode()
    return Shown(f'<img src="data:image/png;base64,{data}" alt="{escape(alt)}">', alt)
