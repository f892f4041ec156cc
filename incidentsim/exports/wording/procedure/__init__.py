"""What a procedure says, as rows of words in one language: the one source for screens, dialogue and papers."""
