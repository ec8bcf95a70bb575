"""Tools of the checkout; the program imports none of them."""
