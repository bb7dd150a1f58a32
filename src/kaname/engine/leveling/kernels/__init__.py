"""What runs a hundred thousand times a second: plain functions on sequences of integers, compiled from the same source.

They own nothing: every buffer comes from the caller, and no call makes an array.  Places in arrays are never negative.
"""
