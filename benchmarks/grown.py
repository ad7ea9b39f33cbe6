"""Cases of any size, to see how cost grows: more inputs, more years, more alternatives."""

FIXED = 4
"""Inputs that every case has: build, running, adoption and rate."""


def case_text(inputs: int = 12, years: int = 5, alternative: int = 0) -> str:
    """A case with so many uncertain inputs, an even number of at least 6, over so many years.

    Two inputs make a line of benefits: how many, and what one is worth. Alternatives differ in
    what they cost, and share all inputs.

    >>> print(case_text(inputs=6, years=3, alternative=1))
    case: alternative 1
    currency: SEK
    years: 3
    discount_rate: rate
    inputs:
      build: lognormal(1.5M to 4M)
      running: pert(250k, 400k, 900k)
      adoption: beta(8, 3)
      rate: triangular(6 %, 9 %, 13 %)
      number_1: lognormal(100 to 400)
      worth_1: pert(2k, 4k, 9k)
    investment:
      Build: build * 1.1
    benefits:
      Effect 1: adoption * number_1 * worth_1 * 1.02 ** year
    costs:
      Running: running
    """
    effects = range(1, (inputs - FIXED) // 2 + 1)
    share = f" / {len(effects)}" if len(effects) > 1 else ""
    return "\n".join([
        f"case: alternative {alternative}",
        "currency: SEK",
        f"years: {years}",
        "discount_rate: rate",
        "inputs:",
        "  build: lognormal(1.5M to 4M)",
        "  running: pert(250k, 400k, 900k)",
        "  adoption: beta(8, 3)",
        "  rate: triangular(6 %, 9 %, 13 %)",
        *(line for n in effects for line in (
            f"  number_{n}: lognormal(100 to 400)", f"  worth_{n}: pert(2k, 4k, 9k)")),
        "investment:",
        f"  Build: build * {1 + alternative / 10}",
        "benefits:",
        *(f"  Effect {n}: adoption * number_{n} * worth_{n} * 1.02 ** year{share}"
          for n in effects),
        "costs:",
        "  Running: running",
    ])  # fmt: skip
