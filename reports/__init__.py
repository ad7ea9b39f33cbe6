"""Result → something to read: numbers, words, tables, figures. Only here is anything rounded."""
