"""What is wrong with an estimate, and what to write instead."""


class EstimateError(ValueError):
    """An estimate that cannot be what was meant.

    `problem` says what is wrong, `remedy` what to write instead; both are plain sentences
    without a full stop, so that callers can put a file and a line in front of them.

    >>> error = EstimateError("the sd -1 is not above zero", "write an sd above 0")
    >>> print(error)
    the sd -1 is not above zero; write an sd above 0
    """

    def __init__(self, problem: str, remedy: str) -> None:
        super().__init__(problem, remedy)
        self.problem = problem
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.problem}; {self.remedy}"


def number_text(value: float) -> str:
    """A number as a person would type it: whole numbers without a point, no noise digits.

    >>> number_text(1_000_000.0), number_text(0.1 + 0.2)
    ('1000000', '0.3')
    """
    text = f"{value:.12g}"
    return "0" if text == "-0" else text


def percent_text(share: float) -> str:
    """A share as a percentage.

    >>> percent_text(0.0725)
    '7.25 %'
    """
    return f"{number_text(100 * share)} %"
