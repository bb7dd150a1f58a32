from kaname.formats.table.encoding import encode_cp932


def test_characters_with_two_numbers_are_no_loss():
    content, unwritten = encode_cp932("〜−‖—¢£¬ ①㈱髙﨑")
    assert (content.decode("cp932"), unwritten) == ("～－∥―￠￡￢ ①㈱髙﨑", "")


def test_characters_that_are_missing_are_told_once():
    content, unwritten = encode_cp932("☃𠮷野家☃é")
    assert (content.decode("cp932"), unwritten) == ("\\u2603\\U00020bb7野家\\u2603\\xe9", "☃𠮷é")
