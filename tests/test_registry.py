"""The nouns and the questions that rules ask of them."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaguectl.model import (
    ENTITIES,
    KEYS,
    Certificate,
    Change,
    Entity,
    Form,
    Membership,
    Number,
    Organization,
    Person,
    Quota,
    Snapshot,
)
from leaguectl.names import fold_name

COUNTY = Organization("C", "共青团云杉县委员会", "committee", domain="society")
SCHOOL = Organization("S", "云杉县第一中学团委", "committee", "C", "school")
TOWN = Organization("T", "白桦镇团委", "committee", "C")
CLASS = Organization("S1", "高一（1）班团支部", "branch", "S")
SAME = Organization("T1", "高一（1）班团支部", "branch", "T")
BELOW = Organization("S11", "第一团小组", "branch", "S1")
TREE = (COUNTY, SCHOOL, TOWN, CLASS, SAME, BELOW)
QUOTA = Quota(1, 2023, "S", "202365000001", "202365000003", 3)


def registry(*nouns: Entity) -> Snapshot:
    """The tree with these nouns."""
    made = Snapshot()
    for entity in (*TREE, *nouns):
        made.load(entity)
    return made


def slots(quota: Quota = QUOTA, used: Iterable[str] = ()) -> list[Number]:
    """The numbers of a quota's block; ``used`` is taken."""
    block = range(int(quota.first), int(quota.last) + 1)
    return [
        Number(str(text), quota.year, "used" if str(text) in used else "free", quota.id,
               text if str(text) in used else None)
        for text in block
    ]  # fmt: skip


# -- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("S1", ["S1"]),
        ("云杉县第一中学团委", ["S"]),
        (" 云杉县 第一中学团委　", ["S"]),
        ("高一(1)班团支部", ["S1", "T1"]),
        ("云杉县第一中学团委/高一（1）班团支部", ["S1"]),
        ("白桦镇团委/高一（1）班团支部", ["T1"]),
        ("共青团云杉县委员会/白桦镇团委/高一（1）班团支部", ["T1"]),
        ("共青团云杉县委员会/高一（1）班团支部", ["S1", "T1"]),
        ("T/高一（1）班团支部", ["T1"]),
        ("白桦镇团委/第一团小组", []),
        ("云杉县第一中学团委/第一团小组", ["S11"]),
        ("高一（1）班团支部/高一（1）班团支部", []),
        ("没有的团委/高一（1）班团支部", []),
        ("没有的团支部", []),
        ("", []),
        ("/", []),
        ("s1", []),
    ],
)
def test_an_organisation_is_named_by_code_full_name_or_path(text: str, codes: list[str]) -> None:
    """A code or a longer path decides; what several bear gives all of them, in order."""
    assert [finding.code for finding in registry().named(text)] == codes


def test_a_code_decides_over_a_name() -> None:
    """Where one organisation is called like another's code, the code is meant."""
    odd = Organization("X", "S1", "branch", "C")
    assert [finding.code for finding in registry(odd).named("S1")] == ["S1"]


def test_a_name_with_a_slash_in_it_is_found_whole() -> None:
    """A path is tried only where no organisation bears the whole text."""
    odd = Organization("X", "人事/工会团支部", "branch", "C")
    assert [finding.code for finding in registry(odd).named("人事/工会团支部")] == ["X"]


@pytest.mark.parametrize(
    ("first", "second"),
    [("高一（1）班", "高一(1)班"), ("ＡＢＣ", "abc"), ("第一　中 学", "第一中学"), ("①", "1"),
     ("Ǆ", "ǆ"), ("Straße", "STRASSE")],
)  # fmt: skip
def test_width_case_and_spaces_do_not_count_in_a_name(first: str, second: str) -> None:
    """Two spellings of one name have one key."""
    assert fold_name(first) == fold_name(second)


@pytest.mark.parametrize(("first", "second"), [("一班", "二班"), ("李明", "李鸣"), ("1班", "11班")])
def test_other_characters_count_in_a_name(first: str, second: str) -> None:
    """Different names keep different keys."""
    assert fold_name(first) != fold_name(second)


@given(st.text(st.sampled_from("高一（）()1１ＡaßIİ 　·班ﬁ")))
def test_a_folded_name_folds_to_itself(text: str) -> None:
    """The key of a key is the key, so a stored key can be compared with a fresh one."""
    assert fold_name(fold_name(text)) == fold_name(text)


# -- the tree ------------------------------------------------------------------------------------


def test_upward_goes_from_the_nearest_to_the_top() -> None:
    """An organisation comes first, then each above it."""
    assert [finding.code for finding in registry().upward("S11")] == ["S11", "S1", "S", "C"]


def test_upward_of_an_unknown_organisation_is_empty() -> None:
    """What is not there has nothing above it."""
    assert list(registry().upward("none")) == []


@pytest.mark.parametrize("parent", ["S1", "S11", "S"])
def test_upward_ends_where_organisations_form_a_circle(parent: str) -> None:
    """A broken tree does not hang the program: each is named once."""
    broken = registry(replace(SCHOOL, parent=parent))
    found = [finding.code for finding in broken.upward("S11")]
    assert found == ["S11", "S1", "S"]
    assert not broken.is_below("S11", "C")


def test_is_below_counts_the_organisation_itself() -> None:
    """An organisation lies below itself and all above it, and not below its neighbour."""
    tree = registry()
    assert [tree.is_below("S1", above) for above in ("S1", "S", "C", "T", "S11")] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_a_domain_is_the_nearest_that_is_said() -> None:
    """A class is of the school's domain, a village branch of the county's."""
    tree = registry()
    assert [tree.domain(code) for code in ("S11", "T1", "none")] == ["school", "society", None]


# -- places and numbers --------------------------------------------------------------------------


def test_places_come_from_the_nearest_organisation_above() -> None:
    """A class uses its own quota, else the school's, else the county's; of the year alone."""
    county = Quota(2, 2023, "C", "202365000011", "202365000012", 2)
    own = Quota(3, 2023, "S1", "202365000003", "202365000003", 1, parent=1)
    found = registry(QUOTA, county, own)
    assert found.places_for("S11", 2023) == [own]
    assert found.places_for("S", 2023) == [QUOTA]
    assert found.places_for("T1", 2023) == [county]
    assert found.places_for("S1", 2024) == []


def test_further_quotas_come_in_the_order_of_their_blocks() -> None:
    """A block of mid-year is used after the first, in whatever order they were loaded."""
    later = Quota(2, 2023, "S", "202365000007", "202365000008", 2)
    assert registry(later, QUOTA).places_for("S", 2023) == [QUOTA, later]


def test_a_quota_loaded_twice_is_one_quota() -> None:
    """A quota that changed takes the place of what was loaded before."""
    changed = replace(QUOTA, authority="云团发〔2023〕1号")
    assert registry(QUOTA, changed).quotas_of("S", 2023) == [changed]


def test_the_lowest_free_number_is_taken_first() -> None:
    """Numbers are taken in order, whatever order they were loaded in; a used one is passed by."""
    first, *_ = block = slots(used=["202365000001"])
    found = registry(QUOTA, *reversed(block))
    assert found.free_slot([QUOTA]) == "202365000002"
    assert found.slots(1)[0] == first
    assert [slot.number[-1] for slot in found.slots(1)] == ["1", "2", "3"]


def test_without_a_free_number_there_is_none() -> None:
    """A block that is used up, void or not there gives no number."""
    full = slots(used=["202365000001", "202365000002"])[:2]
    void = Number("202365000003", 2023, "void", 1, None, "spoiled")
    assert registry(QUOTA, *full, void).free_slot([QUOTA]) is None
    assert registry(QUOTA).free_slot([QUOTA]) is None
    assert registry(QUOTA).free_slot([]) is None


def test_a_number_lies_in_a_block_of_its_length() -> None:
    """Text order is number order only among numbers of one length."""
    assert [number in QUOTA for number in ("202365000001", "202365000003")] == [True, True]
    assert [number in QUOTA for number in ("202365000004", "2023650000011", "2023650")] == [
        False, False, False,
    ]  # fmt: skip


# -- changes -------------------------------------------------------------------------------------


def test_a_change_keeps_the_tallies() -> None:
    """A number that is taken counts as used and no more as free."""
    found = registry(QUOTA)
    for slot in slots():
        found.apply(Change(None, slot))
    free = found.numbers["202365000001"]
    used = replace(free, state="used", person=1)
    found.apply(Change(free, used))
    assert +found.number_counts[1] == {"free": 2, "used": 1}
    assert found.free_slot([QUOTA]) == "202365000002"
    assert found.number_of(1) == "202365000001"


def test_a_number_that_is_split_off_counts_with_its_new_quota() -> None:
    """A place never stands in two quotas."""
    found = registry(QUOTA, Quota(2, 2023, "S1", "202365000003", "202365000003", 1, parent=1))
    for slot in slots():
        found.apply(Change(None, slot))
    last = found.numbers["202365000003"]
    found.apply(Change(last, replace(last, quota=2)))
    assert (+found.number_counts[1], +found.number_counts[2]) == ({"free": 2}, {"free": 1})
    assert [slot.number[-1] for slot in found.slots(1)] == ["1", "2"]
    assert [slot.number[-1] for slot in found.slots(2)] == ["3"]


def test_loading_does_not_count() -> None:
    """What is stored is counted by the store, over more numbers than are loaded."""
    assert not registry(QUOTA, *slots()).number_counts


def test_a_change_knows_its_noun() -> None:
    """Whether something is new, changed or goes, its kind is known."""
    number = slots()[0]
    assert Change(None, number).entity is Number
    assert Change(number, None).entity is Number


@given(st.lists(st.sampled_from(["free", "used", "void"]), min_size=1, max_size=12))
def test_the_tallies_are_what_the_slots_say_after_any_changes(states: list[str]) -> None:
    """However often a number changes, the tallies are a count of the slots."""
    found = registry(QUOTA)
    for slot in slots():
        found.apply(Change(None, slot))
    for at, state in enumerate(states):
        before = found.slots(1)[at % 3]
        found.apply(Change(before, replace(before, state=state)))
    counted = [slot.state for slot in found.slots(1)]
    assert +found.number_counts[1] == {state: counted.count(state) for state in set(counted)}


# -- people --------------------------------------------------------------------------------------


def test_a_person_s_latest_membership_counts() -> None:
    """Who left and came back has the later membership, in whatever order they were loaded."""
    first = Membership(1, 7, "S1", date(2015, 5, 4), left=date(2016, 1, 1))
    again = Membership(2, 7, "T1", date(2020, 5, 4))
    for order in ((first, again), (again, first)):
        assert registry(*order).membership(7) == again


def test_only_valid_papers_are_held() -> None:
    """A form that was made void and a certificate that was replaced are held by nobody."""
    found = registry(
        Form("F1", 7, "void"), Form("F2", 7), Certificate("Z2", 7), Certificate("Z1", 7, "replaced")
    )
    assert (found.form_of(7), found.certificate_of(7)) == ("F2", "Z2")


def test_nobody_is_found_who_is_not_there() -> None:
    """Questions about a stranger have no answer, and no error."""
    empty = registry()
    assert empty.person("658899200703010017") is None
    assert (empty.membership(7), empty.admission(7)) == (None, None)
    assert (empty.number_of(7), empty.form_of(7), empty.certificate_of(7)) == (None, None, None)


def test_a_person_is_found_by_the_id_number_that_tells_the_birth_date() -> None:
    """The ID number decides who it is; digits 7 to 14 are the birth date."""
    person = Person(7, "韩一", "658899200703010017")
    assert registry(person).person("658899200703010017") == person
    assert person.born == date(2007, 3, 1)


def test_identities_are_counted_for_each_noun() -> None:
    """Each noun counts its own identities, from the last that is stored."""
    made = Snapshot(last_ids={Person: 41})
    assert [made.new_id(Person), made.new_id(Person), made.new_id(Quota)] == [42, 43, 1]


def test_every_noun_has_its_key() -> None:
    """A noun that the store knows can be found again by its key."""
    assert set(KEYS) == set(ENTITIES)
    for noun, key in KEYS.items():
        assert key in noun.__dataclass_fields__
