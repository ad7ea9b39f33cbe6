"""From a case to a Result: compile, draw, value, gather."""
