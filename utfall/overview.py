"""What `utfall --help` says: a text and no more, so that it is there before click is imported."""

COMMANDS = {
    "new": "Write an example case to start from.",
    "check": "Echo every input of a case, or say all that is wrong with it.",
    "run": "Simulate a case and print what it is worth.",
    "compare": "Put alternatives side by side and rank them.",
    "report": "Write a report of a case, or of alternatives.",
    "show": "Describe an estimate: percentiles, mean, range, and a drawing.",
}
"""Each lies in a file of its name in `utfall/cli`."""

OVERVIEW = """\
Usage: utfall [OPTIONS] COMMAND [ARGS]...

  What an investment is worth when its effects are guesses.

  Write what you know and what you believe in a case file; every belief is a
  distribution, thousands of futures are valued, and the answer is a chance.

      utfall new customer_portal           write an example case to start from
      utfall check customer_portal.yaml    read it back: is this what you meant?
      utfall run customer_portal.yaml      what is it worth, and how likely?
      utfall compare portal.yaml crm.yaml  which of them, or nothing?
      utfall report customer_portal.yaml   the document to decide on
      utfall show "5 to 40"                what one estimate means

Options:
  --version   Show the version and exit.
  -h, --help  Show this message and exit.

Commands:
""" + "\n".join(f"  {name:7}  {does}" for name, does in COMMANDS.items())
