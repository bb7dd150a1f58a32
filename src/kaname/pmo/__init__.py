"""What supports ALL projects."""
