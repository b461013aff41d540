"""Bugs that are put into a scratch copy of the program one at a time, each a rule that one door
leaves out, and whether the random walks of the tests find them.

    python tools/seeded_bugs.py               # all; exit 1 if one is not found
    python tools/seeded_bugs.py --only undo   # those with the word in their name
    python tools/seeded_bugs.py --walks 30    # random walks besides the straight ones

A walk asks after every step what always holds, and ``check``; so this is a test of the tests.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
PARTS = ("src", "tests", "tools", "data", "pyproject.toml")
STEPS = 40
STRAIGHT = "tests/test_walks.py::test_what_always_holds_holds_straight_at_a_door"


@dataclass(frozen=True)
class Bug:
    """A rule that is left out of a door: what stands in a file, and what stands there instead."""

    name: str
    path: str
    right: str
    wrong: str


def without(code: str, book: str) -> str:
    """A book of rules without one of them."""
    return f'[rule for rule in {book} if rule.code != "{code}"]'


MEMBERS, ADMISSIONS = "kinds/members.py", "kinds/admissions.py"
ROSTER_ASKS = "judge(case, batch.snapshot, batch.policy, ENTRY)"
ADMISSION_ASKS = "judge(case, batch.snapshot, batch.policy, ENTRY + GATE)"


def left_out_of_the_roster(code: str) -> Bug:
    """A rule of entry that a roster does not ask."""
    return Bug(f"roster: {code}", MEMBERS, ROSTER_ASKS,
               ROSTER_ASKS.replace("ENTRY", without(code, "ENTRY")))  # fmt: skip


def left_out_of_admissions(code: str) -> Bug:
    """A rule that a sheet of admissions and ``admit`` do not ask."""
    book = without(code, "ENTRY + GATE")
    return Bug(f"admission: {code}", ADMISSIONS, ADMISSION_ASKS,
               ADMISSION_ASKS.replace("ENTRY + GATE", book))  # fmt: skip


BUGS = (
    left_out_of_the_roster("number-in-block"),
    left_out_of_the_roster("joined-by-admission"),
    left_out_of_the_roster("number-year"),
    left_out_of_the_roster("one-number"),
    left_out_of_the_roster("one-certificate"),
    left_out_of_admissions("place-left"),
    left_out_of_admissions("number-in-block"),
    left_out_of_admissions("one-person"),
    left_out_of_admissions("course-hours"),
    left_out_of_admissions("two-introducers"),
    left_out_of_admissions("introducer-not-self"),
    left_out_of_admissions("votes-possible"),
    left_out_of_admissions("quorum"),
    left_out_of_admissions("majority-of-present"),
    left_out_of_admissions("dates-in-order"),
    left_out_of_admissions("activist-months"),
    left_out_of_admissions("dates-in-future"),
    left_out_of_the_roster("joined-before-birth"),
    left_out_of_the_roster("joined-in-future"),
    left_out_of_the_roster("number-format"),
    left_out_of_the_roster("home-is-branch"),
    left_out_of_admissions("one-certificate"),
    Bug("commands: the state that they make", "actions/work.py",
        "change_set.judge()", "pass"),
    Bug("sheets: the state that a row makes", "kinds/steps.py",
        "if batch.judge(row_plan):", "if False:"),
    Bug("sheets: a home that ends before it begins", "kinds/steps.py",
        "row_plan.refuse_disorder(change.after)", "pass"),
    Bug("commands: a home that ends before it begins", "actions/change_set.py",
        "self._refuse_disorder(change.after)", "pass"),
    Bug("admit: a certificate that they hold", "kinds/admissions.py",
        "certificate = case.certificate or (", "certificate = None or ("),
    Bug("homes: the state that they make together", "kinds/planning.py",
        "faults |= _wrong_now(wrong_before, batch)", ""),
    Bug("homes: one after the other", "kinds/homes.py",
        "if not same and memberships and (memberships[-1].left is None or begun is None):",
        "if False:"),
    Bug("organizations: members inside a closed one", "kinds/organizations.py",
        "        *inside_it(snapshot, after),\n", ""),
    Bug("organizations: below a closed one", "kinds/organizations.py",
        "        *below_it(snapshot, after),\n", ""),
    Bug("org close: members inside", "actions/organizations.py",
        "obstacles = [*closing.inside_it(snapshot, organization)] if members_to is None else []",
        "obstacles = []"),
    Bug("org close: posts end", "actions/organizations.py",
        "for change in closing.ended_posts(change_set.snapshot, code, day, kind):",
        "for change in ():"),
    Bug("org move: a circle", "actions/organizations.py",
        "if snapshot.was_below(to, code, day):", "if False:"),
    Bug("org move: before a later move", "actions/organizations.py",
        '    _refuse_out_of_order(change_set, organization, "moved", day)\n', ""),
    Bug("transfer: asked for before the membership", "actions/transfers.py",
        "if membership is not None and membership.begun is not None and day < membership.begun:",
        "if False:"),
    Bug("transfer: two at once", "actions/transfers.py",
        "    change_set.none_pending(person, or_missing=not accepted)\n", ""),
    Bug("transfer: to a closed branch", "actions/transfers.py",
        "    if target is not None and change_set.is_open(target, day, who, left):",
        "    if target is not None:"),
    Bug("homes: an end before the beginning", "kinds/moves.py",
        "elif since and left and left < since:", "elif False:"),
    Bug("restore: before the leaving", "actions/members.py",
        "    if day < before.left:\n        change_set.fault(\"day-before-leaving\"",
        "    if False:\n        change_set.fault(\"day-before-leaving\""),
    Bug("edit: an ID number that is taken", "actions/identity.py",
        "if owner is not None and owner.id != person:", "if False:"),
    Bug("merge: two numbers", "actions/merging.py", "if all(numbers):", "if False:"),
    Bug("void: a number in use", "actions/numbers.py",
        '    _refuse_taken(change_set, [number for number in numbers if number.state != "free"])\n',
        ""),
    Bug("numbers: void although in use", "kinds/numbers.py",
        'elif slot.state == "free" and line.state == "void":', 'elif line.state == "void":'),
    Bug("quota: fewer than are in use", "kinds/blocks.py",
        "if len(free) < places:\n        raise Refused(\"quota-in-use\", **_why_not(snapshot, "
        "quotas, places, len(free)))\n    going", "going"),
    Bug("certificate: a serial that is taken", "actions/papers.py",
        "    _judge(change_set, person, serial)\n    before =", "    before ="),
    Bug("undo: the state that it makes", "actions/registry.py",
        "found = faults_of(changes, snapshot, change_set.policy)", "found = []"),
    Bug("undo: what is taken meanwhile", "store/undo.py",
        "return _taking(connection, changes) | _removing(connection, changes)", "return set()"),
    Bug("undo: what hangs on it", "store/undo.py",
        "    later |= {by for _, _, by in hanging_on(connection, changes)}\n", ""),
    Bug("undo: what has a former value", "store/undo.py",
        "by > keys[texts[text]]", "False"),
    Bug("undo: into a closed organisation", "actions/undoing.py",
        "return new + [barred for change in changes for barred in _barred(change, snapshot)]",
        "return new"),
    Bug("org close: candidates inside, into a committee", "actions/organizations.py",
        "obstacles += closing.cases_without_branch(", "closing.cases_without_branch("),
    Bug("organizations: candidates inside a committee", "kinds/organizations.py",
        "for code, facts in without_branch(batch.snapshot, after.code, after):",
        "for code, facts in ():"),
    Bug("candidates: who was a member with a number", "rules/__init__.py",
        'frozenset({"one-person", "former-restored"})', 'frozenset({"one-person"})'),
    Bug("ids: of rows that went", "store/ids.py",
        "last[name] = max(last.get(name, 0), number)", "pass"),
    Bug("closed years", "actions/work.py",
        "        refuse_moved(transaction, before, closed_figures(transaction))\n",
        "        pass\n"),
    Bug("dry run: rolled back", "actions/work.py",
        "            if request.dry_run:\n                raise RolledBack\n", ""),
    Bug("cadres: a term ends with its organisation", "kinds/cadres.py",
        "if home.dissolved is None or ORGANIZATION.of(home).is_over(post.since):", "if True:"),
    Bug("organisations: a name that another bore", "kinds/batch.py",
        "in misnamed(self.snapshot, self.policy, row_plan.changes):", "in ():"),
    Bug("transfers: two at once", "kinds/transfers.py",
        'if other.state == "pending" and other.id != transfer.id:', "if False:"),
    Bug("transfers: a member comes from elsewhere", "kinds/transfers.py",
        "if before is not None and before.left is None:", "if False:"),
    Bug("transfers: to a closed branch", "kinds/transfers.py",
        'batch.refuse_dissolved(row_plan, home, day, "to_home")', "pass"),
    Bug("transfers: asked for before the membership", "kinds/transfers.py",
        "elif membership.begun is not None and day < membership.begun:", "elif False:"),
    Bug("transfers: settled before it is asked for", "kinds/transfers.py",
        "if is_known(requested) and is_known(settled) and settled < requested:", "if False:"),
    Bug("registrations: before their year", "kinds/registrations.py",
        "    if day.year < line.year:\n", "    if False:\n"),
    Bug("org alias: a name that is another's", "actions/organizations.py",
        "        elif meant:\n", "        elif False:\n"),
    Bug("merge: two valid certificates", "actions/merging.py", "if all(current):", "if False:"),
    Bug("merge: who claims and who holds", "actions/merging.py",
        "if is_open and number is not None and number.person in ids:", "if False:"),
    Bug("undo --rows: what is taken meanwhile", "actions/undo_rows.py",
        "if later := standing_against(transaction.connection, changes):",
        "if later := set[int]():"),
    Bug("undo --rows: the state that it makes", "actions/undo_rows.py",
        "change_set.findings += faults_of(changes, snapshot, change_set.policy, in_part=True)",
        "pass"),
    Bug("undo --rows: numbers that are places of another", "actions/undoing.py",
        "(_OF_BLOCKS if in_part else set())", "set()"),
    Bug("organisations: a move on an earlier day", "kinds/organizations.py",
        "row_plan.concerned |= {home.person for home in homes}", "pass"),
    Bug("rosters: a home that is not that of the row", "kinds/members.py",
        "row_plan.concerned.add(person.id)  # the case", "pass  # the case"),
    Bug("sheets: what a closed organisation did", "kinds/batch.py",
        "        self._judge_records(row_plan)\n", ""),
    Bug("undo: what only members have", "actions/undoing.py",
        "    yield from _of_former_members(change, snapshot)\n", ""),
    Bug("events: an organisation below itself", "kinds/events.py",
        "if before and snapshot.was_below(before, organization.code, first, eve):", "if False:"),
    Bug("certificates: the former one stays valid", "kinds/certificates.py",
        'row_plan.put(former, replace(former, state="replaced"))', "pass"),
    Bug("corrections: an ID number that is another's", "kinds/corrections.py",
        "if bearer is not None and bearer.id != person.id:", "if False:"),
    Bug("cases: refused after the admission", "rules/standing.py",
        "and case.state in NOT_ADMITTED", "and False"),
)  # fmt: skip


FOUND_BY = {
    "cases: refused after the admission": "who is admitted was refused on a later day",
    "roster: number-in-block": "a number of another's block",
    "roster: joined-by-admission": "a member without a place",
    "roster: number-year": "a number of another year",
    "roster: one-number": "a number that somebody has",
    "roster: one-certificate": "a certificate that somebody has",
    "admission: place-left": "more admissions than places",
    "admission: number-in-block": "a place of another's block",
    "admission: one-person": "a member is admitted",
    "admission: course-hours": "too few hours",
    "admission: two-introducers": "one introducer twice",
    "admission: introducer-not-self": "their own introducer",
    "admission: votes-possible": "more present than there are",
    "admission: quorum": "too few present",
    "admission: majority-of-present": "too few in favour",
    "admission: dates-in-order": "a talk before the application",
    "admission: activist-months": "an activist for two months",
    "admission: dates-in-future": "an approval that is still to come",
    "roster: joined-before-birth": "joined before they were born",
    "roster: joined-in-future": "joined in years to come",
    "roster: number-format": "a number of three digits",
    "roster: home-is-branch": "a member of a committee",
    "admission: one-certificate": "a certificate that is somebody's",
    "commands: the state that they make": "a unit is moved to before its admissions",
    "sheets: the state that a row makes": "a move that came after an admission",
    "sheets: a home that ends before it begins": "a home that goes on before the admission",
    "commands: a home that ends before it begins":
        "two records of whom one went on before the other joined",
    "admit: a certificate that they hold": "a candidate with a certificate",
    "homes: the state that they make together": "a second joining without a place",
    "homes: one after the other": "a home behind the last",
    "organizations: members inside a closed one": "a sheet closes a branch with members",
    "organizations: below a closed one": "a sheet closes a committee with branches",
    "org close: members inside": "a branch with members is closed",
    "org close: posts end": "a closed branch has no cadres",
    "org move: a circle": "a committee below its own branch",
    "org move: before a later move": "a move before a later one",
    "transfer: asked for before the membership": "a request before the membership",
    "transfer: two at once": "two transfers at once",
    "transfer: to a closed branch": "a transfer to a closed branch",
    "homes: an end before the beginning": "a leaving before the membership",
    "restore: before the leaving": "a restoration before the leaving",
    "edit: an ID number that is taken": "an ID number that is somebody's",
    "merge: two numbers": "two with numbers are made one",
    "void: a number in use": "a used number is made void",
    "numbers: void although in use": "a sheet makes a used number void",
    "quota: fewer than are in use": "a quota below what is used",
    "certificate: a serial that is taken": "a certificate's serial of somebody",
    "undo: the state that it makes": "undone where the branch is closed",
    "undo: what is taken meanwhile": "undone where it is taken meanwhile",
    "undo: what hangs on it": "undone where a score hangs on it",
    "undo: what has a former value": "undone where a former value is known of it",
    "undo: into a closed organisation":
        "a case undone, and brought back where its branch is closed",
    "org close: candidates inside, into a committee": "a candidate would go on in a committee",
    "organizations: candidates inside a committee":
        "a branch with a candidate is made a general branch",
    "candidates: who was a member with a number": "a candidate was a member with a number",
    "ids: of rows that went": "the id of who went",
    "closed years": "a closed year moves",
    "dry run: rolled back": "the dead come back",
    "organisations: a name that another bore":
        "a branch is founded before the former one of its name was closed",
    "cadres: a term ends with its organisation": "a term of a closed branch is recorded",
    "transfers: two at once": "two transfers at once by a sheet",
    "transfers: a member comes from elsewhere": "a sheet brings a member from elsewhere",
    "transfers: to a closed branch": "a sheet brings somebody to a closed branch",
    "transfers: asked for before the membership": "a sheet has a request before the membership",
    "transfers: settled before it is asked for":
        "a transfer that is settled before it is asked for",
    "registrations: before their year": "a registration of before its year",
    "org alias: a name that is another's": "a short name that is another's",
    "merge: two valid certificates": "two certificates become one person's",
    "merge: who claims and who holds": "who disputes a number becomes who holds it",
    "undo --rows: what is taken meanwhile": "a row undone where it is taken meanwhile",
    "undo --rows: the state that it makes": "a row undone where the branch is closed",
    "undo --rows: numbers that are places of another":
        "places went on, and their first way is undone in part",
    "organisations: a move on an earlier day":
        "a branch lay elsewhere when it admitted somebody on a place of the town",
    "rosters: a home that is not that of the row":
        "a graduate was elsewhere on the day on which the class was closed",
    "sheets: what a closed organisation did": "a campaign of a closed branch",
    "undo: what only members have": "a request comes back of who has died",
    "events: an organisation below itself": "an organisation that lay below itself",
    "certificates: the former one stays valid": "a sheet tells of another valid certificate",
    "corrections: an ID number that is another's": "a correction gives another's number",
}  # fmt: skip
"""The straight walk that found each bug when all were last looked for, taken first: the others take
minutes."""


def found(bug: Bug, copy: Path, walks: int) -> str | None:
    """What breaks first with the bug in the copy, and in which walk; None where nothing does."""
    path = copy / "src" / "leaguectl" / bug.path
    text = path.read_text("utf-8")
    if text.count(bug.right) == 0:
        raise SystemExit(f"{bug.name}: {bug.path} no longer has the text that is to be replaced")
    path.write_text(text.replace(bug.right, bug.wrong), "utf-8")
    environment = {
        **os.environ, "PYTHONPATH": str(copy / "src"), "LEAGUECTL_TEST_WALKS": str(walks),
        "LEAGUECTL_TEST_STEPS": str(STEPS), "LEAGUECTL_TEST_SHORTEN": "0",
    }  # fmt: skip
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--tb=line", "-p", "no:cacheprovider",
               "-p", "no:xdist"]  # fmt: skip
    known = [[f"{STRAIGHT}[{FOUND_BY[bug.name]}]"]] if bug.name in FOUND_BY else []
    for tests in (*known, ["tests/test_walks.py", "-k", "straight or always"]):
        ran = subprocess.run(
            [*command, *tests], cwd=copy, env=environment, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        if ran.returncode > 1:  # it is no test that failed
            raise SystemExit(f"{bug.name}: {ran.stdout[-400:]}")
        if ran.returncode:
            break
    path.write_text(text, "utf-8")
    if ran.returncode == 0:
        return None
    walk = re.search(r"^FAILED .*\[(.*?)\]", ran.stdout, re.MULTILINE)
    law = re.search(r"(?:Broken: |^walk )(.*)$", ran.stdout, re.MULTILINE)
    return f"{walk[1]}: {law[1]}"[:160] if walk and law else ran.stdout[-400:]


def _say_gone() -> int:
    """Name the bugs whose rule no longer stands where it stood; looking for them takes minutes."""
    package = ROOT / "src" / "leaguectl"
    gone = [bug for bug in BUGS if bug.right not in (package / bug.path).read_text("utf-8")]
    for bug in gone:
        print(f"{bug.name}: {bug.path} no longer has the text that is to be replaced")
    return 1 if gone else 0


def main() -> int:
    """Look for each of the bugs."""
    parser = argparse.ArgumentParser(description="Are seeded bugs found by the random walks?")
    parser.add_argument("--only", default="", help="the bugs with this in their name")
    parser.add_argument("--walks", type=int, default=10, help="how many random walks")
    parser.add_argument("--check", action="store_true", help="only whether each can be put in")
    options = parser.parse_args()
    if options.check:
        return _say_gone()
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for part in PARTS:
            source = ROOT / part
            ignored = shutil.ignore_patterns("__pycache__")
            if source.is_dir():
                shutil.copytree(source, copy / part, ignore=ignored)
            else:
                shutil.copy(source, copy / part)
        for bug in BUGS:
            if options.only not in bug.name:
                continue
            how = found(bug, copy, options.walks)
            print(f"{bug.name}\n    {how or 'NOT FOUND'}", flush=True)
            missed += [] if how else [bug.name]
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
