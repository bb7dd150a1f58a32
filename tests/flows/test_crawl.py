"""Follow all links as several persons: nothing fails, nothing leads nowhere, and no page speaks the other language."""

from typing import Final

import pytest

from tests.flows.following import client_of, follow
from tests.flows.reading import foreign_texts, read, typed_by_people

pytestmark = pytest.mark.usefixtures("sample_db")

READERS: Final = {"PMO": "K0001", "PM": "K0007", "member": "K0010", "external": "A0001", "administrator": "K0004"}
PLACES_OF_A_KIND: Final = {"PMO": 2}
"""Of how many places of a kind a reader follows the links, where it is not one."""


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_links_lead_to_pages_in_the_reader_s_language(reader: str, language: str) -> None:
    typed = typed_by_people()
    failed, foreign = [], []
    for visit in follow(
        client_of(READERS[reader], language=language), places_of_a_kind=PLACES_OF_A_KIND.get(reader, 1)
    ):
        place = visit.link.place
        if visit.answer.status_code not in {200, 204, 301, 302}:
            failed.append((visit.answer.status_code, place, f"linked from {visit.source}"))
        elif visit.is_page:
            texts = read(visit.answer.content.decode(), path=place).texts
            foreign += [(place, text) for text in foreign_texts(texts, language=language, typed=typed)]
    assert failed == []
    assert foreign == []
