"""People in the API: each address calls one query or one operation of the room."""

from django.urls import URLPattern, path

from kaname.ground.people.rest import people, terms, working

_DEPARTMENT = "departments/<int:department>/"
_PARTNER = "partners/<int:partner>/"
_SKILL = "skills/<int:skill>/"
_PERSON = "people/<int:person>/"

urlpatterns: list[URLPattern] = [
    path("departments/", terms.Departments.as_view(), name="api_departments"),
    path(_DEPARTMENT, terms.OneDepartment.as_view(), name="api_department"),
    path(f"{_DEPARTMENT}archive/", terms.ArchiveDepartment.as_view(), name="api_department_archive"),
    path(f"{_DEPARTMENT}restore/", terms.RestoreDepartment.as_view(), name="api_department_restore"),
    path("partners/", terms.Partners.as_view(), name="api_partners"),
    path(_PARTNER, terms.OnePartner.as_view(), name="api_partner"),
    path(f"{_PARTNER}archive/", terms.ArchivePartner.as_view(), name="api_partner_archive"),
    path(f"{_PARTNER}restore/", terms.RestorePartner.as_view(), name="api_partner_restore"),
    path("skills/", terms.Skills.as_view(), name="api_skills"),
    path(_SKILL, terms.OneSkill.as_view(), name="api_skill"),
    path(f"{_SKILL}archive/", terms.ArchiveSkill.as_view(), name="api_skill_archive"),
    path(f"{_SKILL}restore/", terms.RestoreSkill.as_view(), name="api_skill_restore"),
    path("people/", people.People.as_view(), name="api_people"),
    path(_PERSON, people.OnePerson.as_view(), name="api_person"),
    path(f"{_PERSON}leave/", working.Leaves.as_view(), name="api_person_leave"),
    path(f"{_PERSON}leave/<int:leave>/", working.OneLeave.as_view(), name="api_person_leave_one"),
    path(f"{_PERSON}part-time/", working.PartTimePeriods.as_view(), name="api_person_part_time"),
    path(f"{_PERSON}part-time/<int:period>/", working.OnePartTimePeriod.as_view(), name="api_person_part_time_one"),
    path(f"{_PERSON}cost-rates/", working.Rates.as_view(), name="api_person_rates"),
    path(f"{_PERSON}skills/", working.PersonSkills.as_view(), name="api_person_skills"),
]
