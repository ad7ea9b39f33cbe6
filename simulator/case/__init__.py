"""What a case file says, and what it means."""
