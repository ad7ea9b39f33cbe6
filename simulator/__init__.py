"""What an investment is worth when its effects are guesses."""

__version__ = "0.1.0"
