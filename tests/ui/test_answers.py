from kaname.ui.answers import handing_out


def test_file_is_handed_out_to_be_saved_under_a_japanese_name():
    answer = handing_out(b"a", name="計画/2026:4.csv", media_type="text/csv; charset=utf-8")
    assert answer.content == b"a"
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"___20264.csv\"; filename*=UTF-8''%E8%A8%88%E7%94%BB_20264.csv"
    )
    assert (answer.headers["X-Content-Type-Options"], answer.headers["Cache-Control"]) == (
        "nosniff",
        "private, no-store",
    )
