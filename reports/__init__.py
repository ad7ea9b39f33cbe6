"""Result → something to read: numbers, words, tables, figures. Rounding happens here, and only here."""
