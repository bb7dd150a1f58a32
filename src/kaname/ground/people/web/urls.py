"""Addresses of people."""

from django.urls import URLPattern, path

from kaname.ground.people.web import departments, files, person, register, terms, working

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("", register.people, name="people"),
    path("options/", register.options, name="options"),
    path("me/", person.me, name="me"),
    path("export/", files.export, name="export"),
    path("import/", files.choose, name="import"),
    path("import/take/", files.take, name="take_import"),
    path("new/", person.new, name="new"),
    path("departments/", departments.departments, name="departments"),
    path("departments/new/", departments.new, name="new_department"),
    path("departments/<int:department>/", departments.edit, name="department"),
    path("departments/<int:department>/archive/", departments.archive, name="archive_department"),
    path("departments/<int:department>/restore/", departments.restore, name="restore_department"),
    path("partners/", terms.partners, name="partners"),
    path("partners/new/", terms.new_partner, name="new_partner"),
    path("partners/<int:partner>/", terms.edit_partner, name="partner"),
    path("partners/<int:partner>/archive/", terms.archive_partner, name="archive_partner"),
    path("skills/", terms.skills, name="skills"),
    path("skills/new/", terms.new_skill, name="new_skill"),
    path("skills/<int:skill>/", terms.edit_skill, name="skill"),
    path("skills/<int:skill>/archive/", terms.archive_skill, name="archive_skill"),
    path("<int:person>/", person.facts, name="person"),
    path("<int:person>/edit/", person.edit, name="edit"),
    path("<int:person>/time/", working.time, name="time"),
    path("<int:person>/time/leave/<int:leave>/cancel/", working.cancel_leave, name="cancel_leave"),
    path("<int:person>/time/part-time/", working.part_time, name="part_time"),
    path("<int:person>/time/part-time/<int:period>/end/", working.end_part_time, name="end_part_time"),
    path("<int:person>/skills/", working.skills, name="person_skills"),
    path("<int:person>/cost/", working.cost, name="cost"),
]
