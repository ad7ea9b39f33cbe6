"""The small pictures inside a table: a distribution, and a chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reports.document import Shape, Share
from reports.html.theme import Paint

if TYPE_CHECKING:
    from markupsafe import Markup

WIDTH, HEIGHT = 96.0, 24.0
BAR = 10.0


def drawing(what: Shape | Share, paint: Paint, label: str = "") -> Markup:
    """A small picture; without a label it is passed over by those who listen."""
    from markupsafe import Markup

    inner, height = (
        (_hill(what, paint), HEIGHT) if isinstance(what, Shape) else (_bar(what, paint), BAR)
    )
    name = (
        Markup('role="img" aria-label="{}"').format(label)
        if label
        else Markup('aria-hidden="true"')
    )
    kind = "shape" if isinstance(what, Shape) else "share"
    return Markup(
        f'<svg class="{kind}" viewBox="0 0 {WIDTH:g} {height:g}" width="{WIDTH:g}" '
        f'height="{height:g}" {name}>{inner}</svg>'
    )


def _hill(shape: Shape, paint: Paint) -> str:
    """The outline of a distribution on its ground line."""
    ground = HEIGHT - 1
    base = (
        f'<path d="M0 {ground + 0.5:g}H{WIDTH:g}" style="stroke:{paint("line")};stroke-width:1"/>'
    )
    heights = [min(max(height, 0.0), 1.0) for height in shape.heights]
    if not heights:
        return base
    if len(heights) == 1:  # a single value: a line
        middle = WIDTH / 2
        return base + (
            f'<path d="M{middle:g} {ground:g}V1" style="stroke:{paint("accent")};stroke-width:2"/>'
        )
    step = WIDTH / (len(heights) - 1)
    points = " ".join(
        f"{index * step:.1f},{ground - height * (HEIGHT - 3):.1f}"
        for index, height in enumerate(heights)
    )
    return (
        f'<polygon points="0,{ground:g} {points} {WIDTH:g},{ground:g}" '
        f'style="fill:{paint("accent_soft")}"/>'
        f'<polyline points="{points}" '
        f'style="fill:none;stroke:{paint("accent")};stroke-width:1.3"/>{base}'
    )


def _bar(share: Share, paint: Paint) -> str:
    """A bar that is full at 1; its frame is drawn, so that an empty one is seen too."""
    full = min(max(share.share, 0.0), 1.0) * (WIDTH - 1)
    return (
        f'<rect x=".5" y=".5" width="{WIDTH - 1:g}" height="{BAR - 1:g}" rx="1" '
        f'style="fill:{paint("surface")};stroke:{paint("muted")};stroke-width:.6"/>'
        f'<rect x=".5" y=".5" width="{full:.1f}" height="{BAR - 1:g}" rx="1" '
        f'style="fill:{paint("accent")}"/>'
    )
