"""Answers to questions about the record: each is a function of (journal, position, until) and names all three."""
