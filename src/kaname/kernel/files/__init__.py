"""Files that belong to a record: kept outside of the web root, typed by content, opened by the record's permission.

Nouns: stored file.  Below: journal, rules.  Answers: may this one have this file, and what is it really.
"""
