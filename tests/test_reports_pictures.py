"""How pictures look and are written: whole, readable, the same each time, odd cases too."""

import threading
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
import pytest
from matplotlib import colors
from matplotlib.figure import Figure
from matplotlib.transforms import Bbox
from picturing import EVERY, chart, charts_of, result_of

import utfall as ut
from reports.figures import save_charts, value_distribution
from reports.figures import style as house


@pytest.mark.parametrize("name", ["usual", "long names", "no money"])
def test_pictures_are_written_as_png_and_svg(name: str, tmp_path: Path) -> None:
    """PNG is 16 cm wide, and the text of an SVG is text."""
    written = save_charts(charts_of(name), tmp_path)
    assert len(written) == 2 * len(charts_of(name))
    assert sorted(tmp_path.iterdir()) == sorted(written)
    for path in written:
        if path.suffix == ".png":
            width = int.from_bytes(path.read_bytes()[16:20])
            assert width == round(house.WIDTH * house.DPI)
            assert 15.5 < width / house.DPI * 2.54 < 16.5
        else:
            root = ET.parse(path).getroot()
            texts = [t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}text")]
            assert any(any(c.isdigit() for c in text) for text in texts)
            assert any("Test" in text or "A label" in text for text in texts)


@pytest.mark.parametrize("name", EVERY)
def test_nothing_sticks_out_of_a_picture(name: str) -> None:
    """Odd cases, too, are drawn without a warning, and every text lies inside the picture."""
    for drawn in charts_of(name):
        with house.house_style():
            drawn.figure.draw_without_rendering()
            for text, box in boxes(drawn.figure):
                inside = drawn.figure.bbox.padded(6)
                corners = [(box.x0, box.y0), (box.x1, box.y1)]
                assert inside.count_contains(corners) == 2, (drawn.name, text)


@pytest.mark.parametrize("name", EVERY)
def test_no_two_texts_lie_on_each_other(name: str) -> None:
    """Names, figures on bars and ticks of an axis all leave room for each other."""
    for drawn in charts_of(name):
        with house.house_style():
            drawn.figure.draw_without_rendering()
            found = boxes(drawn.figure)
        for index, (text, box) in enumerate(found):
            for other, beside in found[index + 1 :]:
                assert not box.padded(-2).overlaps(beside.padded(-2)), (drawn.name, text, other)


def test_the_same_picture_is_the_same_file(tmp_path: Path) -> None:
    """No date, no random identifiers, and none of the user's own settings."""
    result = result_of("usual")
    first = value_distribution(result).save(tmp_path / "first")
    with matplotlib.rc_context({"font.size": 30, "svg.hashsalt": None, "axes.facecolor": "red"}):
        second = value_distribution(result).save(tmp_path / "second")
    assert [p.read_bytes() for p in first] == [p.read_bytes() for p in second]
    assert b"<dc:date>" not in first[1].read_bytes()


def test_settings_of_others_are_left_alone(tmp_path: Path) -> None:
    """What matplotlib was told before still holds afterwards, and pyplot is never imported."""
    before: dict[str, Any] = dict(matplotlib.rcParams)
    value_distribution(result_of("usual")).save(tmp_path)
    assert dict(matplotlib.rcParams) == before


def test_threads_draw_side_by_side(tmp_path: Path) -> None:
    """A server may draw several pictures at once."""
    expected = value_distribution(result_of("usual")).save(tmp_path / "alone", ["svg"])
    failures: list[BaseException] = []

    def draw(number: int) -> None:
        try:
            (path,) = value_distribution(result_of("usual")).save(tmp_path / str(number), ["svg"])
            assert path.read_bytes() == expected[0].read_bytes()
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=draw, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures


def test_a_folder_that_cannot_be_written_is_an_error_in_words(tmp_path: Path) -> None:
    """And nothing is left behind, not even the first of two pictures."""
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ut.RunError, match="cannot be written"):
        chart("usual", "value").save(tmp_path / "file")
    with pytest.raises(ut.RunError, match="bmp is not a format"):
        chart("usual", "value").save(tmp_path, ["bmp"])
    (tmp_path / "cash.png").mkdir()
    with pytest.raises(ut.RunError, match="cannot be written"):
        save_charts([chart("usual", "value"), chart("usual", "cash")], tmp_path, ["png"])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cash.png", "file"]


def test_colours_differ_in_lightness_too() -> None:
    """A grey print tells simple from discounted, gain from loss: by lightness or by hatching."""

    def grey(colour: str) -> float:
        return float(np.dot(colors.to_rgb(colour), [0.299, 0.587, 0.114]))

    assert abs(grey(house.BLUE) - grey(house.ORANGE)) > 0.2
    assert abs(grey(house.LIGHT_BLUE) - grey(house.SKY)) > 0.2
    assert abs(grey(house.SKY) - grey(house.BLUE)) > 0.15
    hatched = [patch.get_hatch() for patch in chart("usual", "payback").figure.axes[0].patches]
    assert hatched.count(house.HATCH) == len(hatched) / 2


def boxes(figure: Figure) -> list[tuple[str, Bbox]]:
    """Every text that is drawn, with the place that it takes in the picture."""
    texts = [figure._suptitle, figure._supxlabel]  # type: ignore[attr-defined]
    for axes in figure.axes:
        texts += [axes.xaxis.label, axes.yaxis.label, *axes.texts, axes._left_title]  # type: ignore[attr-defined]
        legend = axes.get_legend()
        texts += legend.get_texts() if legend is not None else []
        for axis, (low, high) in ((axes.xaxis, axes.get_xlim()), (axes.yaxis, axes.get_ylim())):
            low, high = sorted((low, high))
            ticks = [tick for tick in axis.get_major_ticks() if low <= tick.get_loc() <= high]
            texts += [tick.label1 for tick in ticks if tick.label1.get_visible()]
    known = [text for text in texts if text is not None and text.get_text().strip()]
    return [(text.get_text(), text.get_window_extent()) for text in known]
