"""The register of people as a table in a file: written for Excel and other programs, read back with a preview."""
