"""One person holds one role of one project at most once at a time."""

from django.db import migrations

from kaname.kernel.constraints import NoOverlap


class Migration(migrations.Migration):
    """Exclusion of overlapping memberships."""

    dependencies = [("projects", "0001_initial")]
    operations = [
        NoOverlap(
            "projects_membership_overlap", "Membership", ["project_id", "person_id", "role"], "starts_on", "ends_before"
        )
    ]
