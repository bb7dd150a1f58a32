"""A real installation whose processes are killed at random instants while people write; then everything is counted.

`seed` founds the company, `visitor` and `writers` write over HTTP, `processes` kills and starts again, `soaking` leads,
`snapshot` looks into the database from outside, `audit` judges at the end.
"""
