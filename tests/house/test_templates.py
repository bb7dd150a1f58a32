"""Templates fail in tests on a variable that their view does not give."""

import pytest
from django.template import Context, engines

from kaname.site.settings.test import UndefinedVariable


@pytest.mark.parametrize(
    "text", ["{{ nobody }}", "{{ row.nothing }}", "{{ nobody|default:'-' }}", "{{ row.person.name }}"]
)
def test_undefined_variable_fails(text: str) -> None:
    template = engines["django"].from_string(text)
    with pytest.raises(UndefinedVariable):
        template.template.render(Context({"row": {"person": None}}))


@pytest.mark.parametrize(
    "text", ["{% if nobody %}x{% endif %}", "{% for one in nobody %}x{% endfor %}", "{{ row.person }}"]
)
def test_question_whether_there_is_one_is_free(text: str) -> None:
    template = engines["django"].from_string(text)
    assert template.template.render(Context({"row": {"person": ""}})) == ""
