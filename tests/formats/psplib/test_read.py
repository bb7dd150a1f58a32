import random
from contextlib import suppress

import pytest

from kaname.engine.leveling import Demand, Link, Problem, Resource
from kaname.formats.psplib import is_psplib, read_psplib
from kaname.formats.psplib.words import MOST_BYTES
from kaname.formats.types import FileRefused

PATTERSON = b"""4 2
3 2

0 0 0   2  2 3
4 2 1   1  4
3 0 2   1  4
0 0 0   0
"""
SM = b"""************************************************************************
file with basedata            : small.bas
initial value random generator: 1
************************************************************************
projects                      :  1
jobs (incl. supersource/sink ):  4
horizon                       :  7
RESOURCES
  - renewable                 :  2   R
  - nonrenewable              :  0   N
  - doubly constrained        :  0   D
************************************************************************
PROJECT INFORMATION:
pronr.  #jobs rel.date duedate tardcost  MPM-Time
    1      2      0        7        2        7
************************************************************************
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          2           2   3
   2        1          1           4
   3        1          1           4
   4        1          0
************************************************************************
REQUESTS/DURATIONS:
jobnr. mode duration  R 1  R 2
------------------------------------------------------------------------
  1      1     0       0    0
  2      1     4       2    1
  3      1     3       0    2
  4      1     0       0    0
************************************************************************
RESOURCEAVAILABILITIES:
  R 1  R 2
    3    2
************************************************************************
"""
MPLIB = b"""2
2
3 2

3 0
1 1

0 0 0 1 1:2
4 2 1 2 1:3 2:2
0 0 0 0

3 5
1 0

0 0 0 1 2:2
3 1 9 1 2:3
0 0 0 0
"""


def plain(problem: Problem) -> tuple:
    activities = [
        (each.uid, each.duration, tuple((demand.resource, demand.units) for demand in each.demands), each.release)
        for each in problem.activities
    ]
    return activities, [(link.before_uid, link.after_uid) for link in problem.links], problem.resources


def test_patterson_and_psplib_texts_of_one_problem_read_alike():
    problem = read_psplib(PATTERSON, file="small.rcp")
    assert plain(problem) == (
        [(1, 0, (), 0), (2, 4, ((0, 2), (1, 1)), 0), (3, 3, ((1, 2),), 0), (4, 0, (), 0)],
        [(1, 2), (1, 3), (2, 4), (3, 4)],
        (Resource(name="R1", capacity=3), Resource(name="R2", capacity=2)),
    )
    assert plain(read_psplib(SM, file="small.sm")) == plain(problem)


def test_mplib_numbers_activities_through_all_projects():
    problem = read_psplib(MPLIB, file="portfolio.txt")
    assert [each.project for each in problem.activities] == [1, 1, 1, 2, 2, 2]
    assert [each.release for each in problem.activities] == [0, 0, 0, 5, 5, 5]
    assert problem.activities[4].demands == (Demand(resource=0, units=1),)
    assert [each for each in problem.links if each.before_uid == 2] == [
        Link(before_uid=2, after_uid=3),
        Link(before_uid=2, after_uid=5),
    ]


@pytest.mark.parametrize(
    ("data", "place", "sentence"),
    [
        (b"name,start\n", "line 1", "This is no PSPLIB, Patterson or MPLIB text."),
        (PATTERSON.replace(b"3 0 2", b"3 x 2"), "line 6", "A whole number is expected here, not “x”."),
        (PATTERSON.replace(b"1  4\n0", b"1  5\n0"), "line 6", "5 is out of range here: from 1 to 4 is possible."),
        (PATTERSON[:-10], "line 6", "The file ends too early: more numbers are expected."),
        (PATTERSON + b"7\n", "line 7", "More stands in the file than the problem that its head announces."),
        (MPLIB.replace(b"2:2 \n", b"2\n").replace(b"1:3 2:2", b"1:3 22"), "line 9",
         "Project and activity are expected here as two numbers with a colon, not “22”."),
        (MPLIB.replace(b"1:3 2:2", b"1:3 3:2"), "line 9", "3 is out of range here: from 1 to 2 is possible."),
        (MPLIB.replace(b"1:3 2:2", b"1:3 2:4"), "line 9", "4 is out of range here: from 1 to 3 is possible."),
        (SM.replace(b"  2      1     4", b"  5      1     4"), "line 28", "Activity 2 is expected here, not 5."),
        (SM.replace(b"   2        1          1 ", b"   2        3          1 "), "line 20",
         "Activity 2 can be done in 3 ways; only problems with one way per activity can be levelled."),
        (SM.replace(b"nonrenewable              :  0", b"nonrenewable              :  2"), "",
         "The problem has resources that are used up; only those that come back can be levelled."),
        (SM.replace(b"RESOURCEAVAILABILITIES", b"AVAILABLE"), "line 35",
         "The part “RESOURCEAVAILABILITIES” is missing."),
        (b"3 1\n\xff", "line 2", "The file holds characters that are no plain text."),
        (b"1 " * (MOST_BYTES // 2 + 1), "", "The file has 17 MB; at most 16 MB are read."),
    ],
)  # fmt: skip
def test_bad_text_is_refused_with_its_line(data, place, sentence):
    with pytest.raises(FileRefused) as refused:
        read_psplib(data, file="bad.txt")
    assert (refused.value.place, str(refused.value.message), refused.value.file) == (place, sentence, "bad.txt")


def test_detection_by_content():
    assert [is_psplib(each) for each in (PATTERSON, SM, MPLIB)] == [True, True, True]
    assert [is_psplib(each) for each in (b"", b"<Project/>", b"ERMHDR\t8", b"a;b\n1;2\n", b"PK\x03\x04")] == [False] * 5


def test_damaged_texts_are_read_or_refused_and_nothing_else():
    dice = random.Random(1)
    for original in (PATTERSON, SM, MPLIB):
        for _ in range(400):
            data = bytearray(original)
            for _ in range(dice.randint(1, 4)):
                place = dice.randrange(len(data))
                data[place : place + dice.randint(0, 3)] = dice.choice(
                    [b"", b"9", b"-1", b":", b"\n", b"99999999999", b"\x00"]
                )
            with suppress(FileRefused):
                assert read_psplib(bytes(data), file="damaged").activities
