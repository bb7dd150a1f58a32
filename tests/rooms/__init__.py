"""Small companies for the tests of the rooms."""
