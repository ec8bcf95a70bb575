"""How things are said: a text as it is printed, a verdict in the words of one language, a page of them."""
