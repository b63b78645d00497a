"""Papers of a client file: laid out once as a book, then written as PDF to print and Word to edit.

`making.book(...)` lays out, `making.content(...)` writes. Papers are in Bulgarian, whatever the screen speaks.
"""
