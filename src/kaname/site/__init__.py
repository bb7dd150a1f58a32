"""The roof: settings, URLs, home page, REST root, command line, sample company.  Knows everyone; nobody knows it."""
