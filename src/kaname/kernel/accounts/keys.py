"""Random keys: shown or mailed once, kept as a hash."""

import hashlib
import secrets


def make_key() -> str:
    """Return 256 random bits as 43 URL-safe characters."""
    return secrets.token_urlsafe(32)


def hash_of(key: str) -> str:
    """Return how a random key is kept: its SHA-256 as 64 hex digits; no salt, because it cannot be guessed.

    Examples
    --------
    >>> hash_of("x")[:16]
    '2d711642b726b044'
    """
    return hashlib.sha256(key.encode()).hexdigest()
