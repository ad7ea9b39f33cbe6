"""`python -m utfall` is the command `utfall`."""

from utfall.cli import main

if __name__ == "__main__":
    main(prog_name="utfall")
