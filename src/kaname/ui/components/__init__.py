"""Components that are made by the hundred on a page, written in Python because a template for each would be too slow.

Each returns escaped markup; `templatetags.kaname` gives them their names in templates.
"""
