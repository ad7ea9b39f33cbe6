"""The catalogues of other languages: complete, current, and with the places of every message.

Each rule is a function from a catalogue, or a folder, to what breaks it, so that every rule is also
tried on something small that breaks it.
"""

import ast
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from foreign import ROOT, catalogue_tool

from reports.language import catalogue, say, say_in, say_many, speaking, trying

TOOL = catalogue_tool()
EXEMPT = {Path("reports", "language.py"), Path("reports", "notes.py")}
SAID_AT_ONCE = ("say", "say_many", "say_in", "note")
_PLACE = re.compile(r"\{(\w*)[^{}]*\}")


def translations(found: Catalog) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Each message as its translators know it, with its forms and those of its translation."""
    for message in found:
        if message.id:
            forms = message.id if isinstance(message.id, tuple) else (message.id,)
            told = message.string if isinstance(message.string, tuple) else (message.string,)
            yield forms[0], forms, told


def untranslated(found: Catalog) -> list[str]:
    """Messages without a translation, or without one of its plural forms."""
    return [
        name
        for name, forms, told in translations(found)
        if not all(told) or (len(forms) > 1 and len(told) != found.num_plurals)
    ]


def doubtful(found: Catalog) -> list[str]:
    """Translations that somebody marked as fuzzy."""
    return [str(message.id) for message in found if message.id and message.fuzzy]


def unused(found: Catalog, said: Catalog) -> list[str]:
    """Translations of what is not said any more."""
    known = {(message.context, str(message.id)) for message in said}
    gone = [str(m.id) for m in found if m.id and (m.context, str(m.id)) not in known]
    return [*gone, *(str(name) for name in found.obsolete)]


def missing(found: Catalog, said: Catalog) -> list[str]:
    """Messages that the catalogue does not know."""
    known = {(message.context, str(message.id)) for message in found}
    return [str(m.id) for m in said if m.id and (m.context, str(m.id)) not in known]


def misplaced(found: Catalog) -> list[str]:
    """Translations whose places are not exactly those of their message.

    A form for one thing may do without a place that the message has for many only.
    """
    wrong = []
    for name, forms, told in translations(found):
        known = [sorted(_PLACE.findall(form)) for form in forms]
        wrong += [name for text in told if text and sorted(_PLACE.findall(text)) not in known]
    return wrong


def mistyped(found: Catalog) -> list[str]:
    """Translations with other spaces at their ends, another last mark, or more or fewer %.

    A full stop belongs to a sentence in every language; so does what ends a list or a line.
    """
    wrong = []
    for name, forms, told in translations(found):
        wrong += [name for text in told if text and marks(text) != marks(forms[-1])]
    return wrong


def marks(text: str) -> tuple[bool, bool, str, int, int]:
    """What a translation keeps, whatever the language."""
    last = text[-1] if text[-1:] in ".:;?…" else ""
    return text[:1].isspace(), text[-1:].isspace(), last, text.count("%"), text.count("\n")


def unsayable(root: Path) -> list[str]:
    """Calls whose message is put together, so that no catalogue has it, or has braces of its own.

    What is said may have been marked elsewhere, and is looked up then.
    """
    wrong = []
    for path, call in calls(root):
        several = _name(call) in ("say_many", "say_in")
        for text in call.args[: 1 + several]:
            if isinstance(text, ast.Constant) and isinstance(text.value, str):
                bad = bool(re.search("[{}]", _PLACE.sub("", text.value)))
            else:
                looked_up = isinstance(text, ast.Name | ast.Attribute | ast.Subscript)
                bad = not (looked_up and _name(call) == "say")
            if bad:
                wrong.append(f"{path.relative_to(root)}:{call.lineno}")
    return wrong


def hidden(root: Path) -> list[str]:
    """Messages inside an f-string, where those who collect messages do not look in every Python."""
    return [
        f"{path.relative_to(root)}:{part.lineno}"
        for path in modules(root)
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
        if isinstance(part, ast.Call) and _name(part) in TOOL.KEYWORDS
        if isinstance(part.args[0], ast.Constant)
    ]


def too_early(root: Path) -> list[str]:
    """Messages that are said when a module is loaded, in whatever language is spoken then."""
    return [
        f"{path.relative_to(root)}:{node.lineno}"
        for path in modules(root)
        for node in on_loading(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and _name(node) in SAID_AT_ONCE
    ]


def on_loading(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a module that run when it is loaded, defaults of arguments among them."""
    for part in ast.iter_child_nodes(node):
        if isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            for top in (*part.args.defaults, *part.args.kw_defaults):
                yield from ast.walk(top) if top is not None else ()
        else:
            yield part
            yield from on_loading(part)


def unheard(root: Path) -> list[str]:
    """Words to translators that reach nobody: they do not stand right above a message."""
    told = " ".join(
        comment for message in TOOL.extracted(root) for comment in message.auto_comments
    )
    wrong = []
    for path in modules(root):
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
            _, marker, comment = line.partition("# translators:")
            if marker and comment.strip() not in told:
                wrong.append(f"{path.relative_to(root)}:{number}")
    return wrong


def calls(root: Path) -> Iterator[tuple[Path, ast.Call]]:
    """Every call that says something or marks what is said later."""
    for path in modules(root):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _name(node) in TOOL.KEYWORDS:
                yield path, node


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else ""


def modules(root: Path) -> list[Path]:
    """The modules that say something, but for those that know how."""
    found = [path for place in TOOL.PLACES for path in sorted((root / place).rglob("*.py"))]
    return [path for path in found if path.relative_to(root) not in EXEMPT]


def test_every_call_has_a_message_that_a_catalogue_can_have() -> None:
    """A literal, or a constant that is marked; never a text put together on the way."""
    assert unsayable(ROOT) == []


def test_every_message_stands_where_it_is_found() -> None:
    """The catalogues are the same whatever Python collects the messages."""
    assert hidden(ROOT) == []


def test_nothing_is_said_when_a_module_is_loaded() -> None:
    """The language is known only later."""
    assert too_early(ROOT) == []


def test_every_word_to_translators_reaches_them() -> None:
    """A comment stands right above the message that it explains."""
    assert unheard(ROOT) == []


@pytest.mark.parametrize("language", TOOL.TRANSLATED)
def test_a_catalogue_is_current(language: str) -> None:
    """`make messages` would change nothing: no message is missing, none is left over."""
    path = ROOT / TOOL.CATALOGUES / f"{language}.po"
    found, said = TOOL.read(path), TOOL.extracted()
    assert missing(found, said) == [] and unused(found, said) == []
    assert TOOL.renewed(language, found, said) == path.read_text("utf-8")


@pytest.mark.parametrize(
    "rule", [untranslated, doubtful, misplaced, mistyped], ids=lambda r: r.__name__
)
@pytest.mark.parametrize("language", TOOL.TRANSLATED)
def test_a_catalogue_is_whole(language: str, rule: Callable[[Catalog], list[str]]) -> None:
    """Every message is translated, for sure, with its places, spaces and marks."""
    assert rule(TOOL.read(ROOT / TOOL.CATALOGUES / f"{language}.po")) == []


GOOD = """
def f(n, name):
    # translators: a name follows
    say("Hello {name}: 5 %.", name=name)
    say_many("{count} trial", "{count} trials", n)
    return say_in("column", "low") + say(NAMES["a"])


NAMES = {"a": message("later")}
"""
DONE = {
    "Hello {name}: 5 %.": "Hej {name}: 5 %.",
    "{count} trial": ("{count} utfall", "{count} utfall"),
    "low": "lågt", "later": "senare",
}  # fmt: skip


def tree(root: Path, text: str = GOOD) -> Path:
    """A small program that says something."""
    (root / "reports" / "catalogues").mkdir(parents=True)
    (root / "reports" / "page.py").write_text(text, "utf-8")
    return root


def translated(root: Path, **changes: str | tuple[str, ...]) -> Catalog:
    """Its catalogue, translated; `changes` are given by the first word of a message."""
    said = TOOL.extracted(root)
    for message in said:
        first = message.id if isinstance(message.id, str) else message.id[0]
        message.string = DONE.get(first, "")
        for word, changed in changes.items():
            if first.strip("{").startswith(word):
                message.string = changed
    path = root / TOOL.CATALOGUES / "sv.po"
    path.write_text(TOOL.renewed("sv", said, said), "utf-8")
    return TOOL.read(path)


def test_a_sound_tree_passes(tmp_path: Path) -> None:
    """No rule finds anything where all is well."""
    found, said = translated(tree(tmp_path)), TOOL.extracted(tmp_path)
    for rule in (untranslated, doubtful, misplaced, mistyped):
        assert rule(found) == []
    for source in (unsayable, hidden, too_early, unheard):
        assert source(tmp_path) == []
    assert missing(found, said) == [] and unused(found, said) == []


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        (untranslated, {"later": ""}),
        (untranslated, {"count": ("{count} utfall", "")}),
        (misplaced, {"Hello": "Hej: 5 %."}),
        (misplaced, {"Hello": "Hej {namn}: 5 %."}),
        (misplaced, {"Hello": "Hej {name} {name}: 5 %."}),
        (misplaced, {"count": ("{count} utfall", "många utfall")}),
        (mistyped, {"Hello": "Hej {name}: 5 procent."}),
        (mistyped, {"Hello": "Hej {name}: 5 %"}),
        (mistyped, {"later": "senare "}),
        (mistyped, {"later": " senare"}),
        (mistyped, {"later": "se\nnare"}),
    ],
)
def test_a_bad_translation_is_found_out(
    rule: Callable[[Catalog], list[str]], changes: dict[str, str | tuple[str, ...]], tmp_path: Path
) -> None:
    """By the rule that it breaks."""
    assert len(rule(translated(tree(tmp_path), **changes))) == 1


def test_a_fuzzy_translation_is_found_out(tmp_path: Path) -> None:
    """Whoever marked it was not sure."""
    found = translated(tree(tmp_path))
    found["later"].flags.add("fuzzy")
    assert doubtful(found) == ["later"]


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (unsayable, "def f(x): say(f'Hello {x}')"),
        (unsayable, "def f(x): say('Hello ' + x)"),
        (unsayable, "def f(x): say('Hello %s' % x)"),
        (unsayable, "def f(x): say_many('{count} day', x, 2)"),
        (unsayable, "def f(x): say_in(x, 'low')"),
        (unsayable, "X = message(Y)"),
        (unsayable, "def f(): say('Hello {{name}}')"),
        (hidden, "def f(): return f'{say(\"Hello\")}, you'"),
        (too_early, "X = {'a': say('Hello')}"),
        (too_early, "def f(x=say_in('a', 'Hello')): pass"),
        (too_early, "class A:\n    x = say_many('a', 'b', 2)"),
        (unheard, "# translators: far away\n\nX = message('Hello')"),
    ],
)
def test_a_message_that_cannot_be_translated_is_found_out(
    rule: Callable[[Path], list[str]], text: str, tmp_path: Path
) -> None:
    """By the rule that it breaks, with its place."""
    (place,) = rule(tree(tmp_path, text))
    assert Path(place.rpartition(":")[0]) == Path("reports", "page.py")


def test_the_program_renews_a_catalogue(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Translations stay, with what translators noted; new messages have none; old ones go."""
    root = tree(tmp_path)
    translated(root)
    path = root / TOOL.CATALOGUES / "sv.po"
    path.write_text(path.read_text("utf-8").replace("#. a name", "# is it du?\n#. a name"), "utf-8")
    changed = GOOD.replace('"later"', '"sooner"').replace("{count} trials", "{count} runs")
    (root / "reports" / "page.py").write_text(changed, "utf-8")
    (root / "reports" / "page.html.j2").write_text("<p>{{ say('From a page') }}</p>", "utf-8")
    (root / "simulator").mkdir()
    (root / "simulator" / "a.py").write_text("X = Note('{n} were left', n=3), say('no')", "utf-8")
    TOOL.main(root)
    found = TOOL.read(path)
    assert found["Hello {name}: 5 %."].string == "Hej {name}: 5 %."
    assert found["Hello {name}: 5 %."].user_comments == ["is it du?"]
    assert found.get("low", "column").string == "lågt"
    assert set(untranslated(found)) == {"sooner", "{count} trial", "From a page", "{n} were left"}
    assert "later" not in found and "no" not in found
    first = path.read_text("utf-8")
    TOOL.main(root)
    assert path.read_text("utf-8") == first
    assert "sv.po: as it was; 4 of 6 messages untranslated" in capsys.readouterr().out


def test_two_plurals_of_one_message_are_refused(tmp_path: Path) -> None:
    """A catalogue has room for one."""
    text = "def f(n): say_many('{count} day', '{count} days', n), say_many('{count} day', 'x', n)"
    with pytest.raises(ValueError, match=r"page\.py:1: another plural of '\{count\} day'"):
        TOOL.extracted(tree(tmp_path, text))


def test_a_catalogue_is_spoken(tmp_path: Path) -> None:
    """Sentences, plurals and contexts come from it; what it does not have stays English."""
    from gettext import GNUTranslations
    from io import BytesIO

    from babel.messages.mofile import write_mo

    compiled = BytesIO()
    write_mo(compiled, translated(tree(tmp_path)))
    compiled.seek(0)
    with trying("sv", GNUTranslations(compiled)), speaking("sv"):
        assert say("Hello {name}: 5 %.", name="A") == "Hej A: 5\xa0%."
        assert say_many("{count} trial", "{count} trials", 1) == "1 utfall"
        assert say_in("column", "low") == "lågt"
        assert say("later") == "senare" and say("never heard") == "never heard"
    assert catalogue("sv").gettext("later") == "later"
