"""Questions asked of a case or a Result: what drives it, what it looks like at its medians."""
