"""The ways on which notices reach people, one folder each: `in_app` is the list that everyone has, `mail` the digest."""
