"""The case language: one page of grammar for numbers, estimates and formulas."""

from simulator.language.errors import LanguageError
from simulator.language.numbers import NUMBERS
from simulator.language.parser import parse
from simulator.language.printer import show

__all__ = ["NUMBERS", "LanguageError", "parse", "show"]
