"""What supports ONE project."""
