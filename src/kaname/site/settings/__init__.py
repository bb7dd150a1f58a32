"""Settings of a running Kaname: everything comes from the environment, nothing has to.

| variable | meaning | without it |
|---|---|---|
| `KANAME_HOME` | folder of the database, files and secrets | `var` in a checkout, else the user's data folder |
| `KANAME_DATABASE_URL` | `postgres://user:password@host:5432/name` | SQLite in `KANAME_HOME` |
| `KANAME_BASE_URL` | the address that people type; `https://` switches all transport protection on | `http://127.0.0.1:8000` |
| `KANAME_ALLOWED_HOSTS` | further host names, comma separated | the host of the base address |
| `KANAME_SECRET_KEY` | signing key | made at first start, kept in `KANAME_HOME`, mode 0600 |
| `KANAME_TRUSTED_PROXY` | `1` where a proxy in front sets `X-Forwarded-Proto` | not trusted |
| `KANAME_MAIL_URL` | `smtp://user:password@host:587/?tls=1&from=kaname@example.jp` | mail is written to `KANAME_HOME/outbox` |
| `KANAME_TIME_ZONE` | default zone | `Asia/Tokyo` |
"""

from kaname.site.settings.applications import *
from kaname.site.settings.doors import *
from kaname.site.settings.environment import *
from kaname.site.settings.language import *
from kaname.site.settings.protection import *
