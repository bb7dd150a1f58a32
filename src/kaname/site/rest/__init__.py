"""The root of the API: which rooms offer what, its description, its page for people."""
