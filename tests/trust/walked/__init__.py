"""Trials on the demonstration, in a folder of their own: what it holds is gone again when the last of them is done."""
