"""The indexed texts and, in each database's own way, their tokens."""

from django.db import migrations, models

import kaname.kernel.search.models
from kaname.kernel.search.engines import postgresql, sqlite


def create(apps, schema_editor):
    """Make the place of the tokens."""
    for statement in {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor].CREATE:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    """Take it away."""
    for statement in {"sqlite": sqlite, "postgresql": postgresql}[schema_editor.connection.vendor].DROP:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    """Search index."""

    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="IndexedText",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("source", models.CharField(max_length=40)),
                ("object_id", models.BigIntegerField()),
                ("project_id", models.BigIntegerField(null=True)),
                ("title", models.CharField(max_length=300)),
                ("body", models.TextField(blank=True)),
            ],
            options={
                "verbose_name": "indexed text",
                "verbose_name_plural": "indexed texts",
                "constraints": [models.UniqueConstraint(fields=("source", "object_id"), name="search_text_once")],
            },
        ),
        migrations.CreateModel(
            name="Tokens",
            fields=[
                (
                    "text",
                    models.OneToOneField(
                        db_column="rowid",
                        on_delete=models.DO_NOTHING,
                        primary_key=True,
                        related_name="tokens",
                        serialize=False,
                        to="search.indexedtext",
                    ),
                ),
                ("everything", kaname.kernel.search.models.MatchField(db_column="search_words")),
                ("rank", models.FloatField()),
            ],
            options={
                "verbose_name": "tokens",
                "verbose_name_plural": "tokens",
                "db_table": "search_words",
                "managed": False,
            },
        ),
        migrations.RunPython(create, drop),
    ]
