"""What is installed, in which order it answers."""

AUTH_USER_MODEL = "accounts.User"
ROOT_URLCONF = "kaname.site.urls"
WSGI_APPLICATION = "kaname.site.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_tasks_db",
    "rest_framework",
    "django_filters",
    "drf_spectacular",
    "allauth",
    "allauth.account",
    "allauth.usersessions",
    "kaname.kernel.journal",
    "kaname.kernel.jobs",
    "kaname.kernel.rules",
    "kaname.kernel.accounts",
    "kaname.kernel.files",
    "kaname.kernel.search",
    "kaname.kernel.notices",
    "kaname.ui",
    "kaname.ground.calendars",
    "kaname.ground.people",
    "kaname.ground.projects",
    "kaname.pso.schedule",
    "kaname.pso.reports",
    "kaname.pmo.portfolio",
    "kaname.site",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kaname.kernel.accounts.middleware.PreferencesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "kaname.kernel.accounts.middleware.IdleSessionMiddleware",
    "kaname.site.web.start_middleware.StartMiddleware",
    "kaname.kernel.rules.middleware.DoorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["kaname.ui.templatetags.kaname"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kaname.ui.context.frame",
            ],
        },
    }
]
FORM_RENDERER = "kaname.ui.forms.Renderer"
STATICFILES_DIRS: list[str] = []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
