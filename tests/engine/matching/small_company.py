"""A small company for the tests of matching: three months of 20 days, four people, one demand."""

from datetime import date

from kaname.engine.matching import Assignment, Axis, Demand, Person, SkillNeed

AXIS = Axis((date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)), (9600, 9600, 9600))
JAVA = SkillNeed(skill_uid=1, name="Java", level=3)
SQL = SkillNeed(skill_uid=2, name="SQL", level=2)
FULL = (1000, 1000, 1000)

BILLING = Assignment(uid=81, name="Billing", project_uid=8, load_permille=(800, 800, 800), skills=(SQL,))
TESTING = Assignment(uid=71, name="Testing", project_uid=7, load_permille=(500, 1000, 1000), is_movable=False)

SATO = Person(
    uid=1, name="Sato", levels={1: 3}, capacity_permille=FULL, assignments=(BILLING,), rate=6000, place="Tokyo"
)
SUZUKI = Person(
    uid=2,
    name="Suzuki",
    levels={1: 2},
    capacity_permille=FULL,
    rate=5000,
    place="Osaka",
    past_projects=frozenset({7}),
    wishes=frozenset({1}),
)
ITO = Person(uid=3, name="Ito", levels={1: 5}, capacity_permille=FULL, assignments=(TESTING,), rate=8000, place="Tokyo")
ABE = Person(uid=4, name="Abe", levels={2: 2}, capacity_permille=FULL, rate=4000, place="Tokyo")
PEOPLE = (SATO, SUZUKI, ITO, ABE)

DEVELOPER = Demand(
    role="Developer", project_uid=7, load_permille=(500, 500, 500), skills=(JAVA,), place="Tokyo", budget_rate=6000
)
