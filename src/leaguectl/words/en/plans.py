"""English: what a plan finds: rows against rows and against the registry."""

CODES = {
    # plans
    "row-repeated": (
        "the same stands in {sheet} row {row} already",
        "delete one of the two rows",
    ),
    "organization-unknown": (
        "no organisation is called “{name}” (rows {rows})",
        "correct the name, or import the organisation first",
    ),
    "organization-unknown/near": (
        "no organisation is called “{name}” (rows {rows}); near: {near}",
        "correct the name, or import the organisation first, or --create-organizations",
    ),
    "organization-made": (
        "“{name}” was not known and is made below “{parent}”",
        "correct its type and code later by importing it",
    ),
    "organization-ambiguous": (
        "several organisations are called “{name}”: {candidates}",
        "give the code, or “above/full name”",
    ),
    "organization-rejected": (
        "the row of the organisation “{name}” was rejected",
        "correct that row first",
    ),
    "organization-other-name": (
        "the code {code} belongs to “{known}”",
        "correct the code or the name",
    ),
    "organization-other-code": (
        "“{name}” is there already, with the code {known}",
        "correct the code or the name; two organisations of one name cannot stand side by side",
    ),
    "organization-dissolved": (
        "“{name}” was dissolved on {dissolved}",
        "give the organisation to which its members moved",
    ),
    "dissolved-before-founded": (
        "dissolved on {dissolved}, before it was founded on {founded}",
        "correct the dates",
    ),
    "organization-circle": (
        "“{parent}” lies below “{name}”, so it cannot be above it",
        "correct the organisation above",
    ),
    "parent-is-branch": (
        "“{parent}” is a branch; nothing lies below a branch",
        "correct the organisation above, or its type",
    ),
    "born-differs": (
        "the ID number says born on {known}, the column {said}",
        "compare both with the ID card",
    ),
    "sex-differs": (
        "the ID number is a {known}’s, the column says {said}",
        "compare both with the ID card",
    ),
    "id-other-name": (
        "this ID number is stored for {known}, here it says {name}",
        "compare both with the ID card; the number decides who it is",
    ),
    "id-merged": (
        "this ID number was found to be a wrong one of {known}; the right one is {right}",
        "correct it in the sheet",
    ),
    "person-alike": (
        "{name} has the name and the birth date of {known}, who has the ID number {other}",
        "compare the ID cards (leaguectl dup list has both): one person: member merge; two: dup ignore",
    ),
    "id-taken": (
        "this ID number is {known}’s",
        "compare the ID cards; if it is one person: leaguectl member merge {person} {other}",
    ),
    "rule-broken-by": (
        "afterwards the rule {rule} would not hold any more",
        "leaguectl explain {rule}; correct first what it asks for",
    ),
    "merge-apart": (
        "they were found to be two people: {reason}",
        "undo that decision first, if it was wrong: leaguectl log",
    ),
    "merge-number": (
        "both have a number: {number} and {other}",
        "one person, one number: compare the forms; free the wrong one first: leaguectl number void {other}",
    ),
    "merge-admission": (
        "both were admitted, on {meeting} and on {other}",
        "nobody is admitted twice: compare the papers; undo the wrong admission first: leaguectl log",
    ),
    "merge-paper": (
        "both have a {noun} that counts: {own} and {other}",
        "only one can be right: compare the papers, and end the wrong one first",
    ),
    "merge-membership": (
        "a member of {own} and of {other} at the same time",
        "a member has one home: correct the days, or end the wrong one first: leaguectl member leave",
    ),
    "merge-ended": (
        "by one of the records the membership in {organization} ended on {left}; it has ended",
        "undo the merge if the other is right: leaguectl log",
    ),
    "merge-paper/certificate": (
        "both have a certificate that counts: {own} and {other}",
        "only one can be right: compare them; leaguectl certificate recall {other}",
    ),
    "merge-differs": (
        "the two records contradict one another on {noun} {what}",
        "compare the papers; correct or undo the wrong one first",
    ),
    "merge-dispute": (
        "one claims the number {number} of the other",
        "settle that first: leaguectl number settle {number}",
    ),
    "places-none": ("a quota has at least one place", "leave the row out"),
    "block-digits": ("a block's number has {digits} digits; this is “{number}”", "correct it"),
    "block-year": ("a block of {year} begins with {year}; this is {number}", "correct it"),
    "block-size": (
        "the block {block} has {size} numbers, the quota {places} places",
        "one place is one number: correct the places or the block",
    ),
    "block-province": (
        "digits 5 and 6 of {number} are not our province {province}",
        "compare with the document that allotted the block",
    ),
    "block-outside": (
        "the block {block} does not lie within what {above} holds: {blocks}",
        "give a part of that block",
    ),
    "block-missing": (
        "no organisation above “{organization}” holds a block of {year} to split",
        "give the first and last number of its own block",
    ),
    "block-overlaps": (
        "the block {block} overlaps {other}, which {owner} holds",
        "compare with the document that allotted the block",
    ),
    "block-in-use": (
        "the number {number} of the block {block} is in use above",
        "give a block of free numbers: leaguectl quota show",
    ),
    "quota-differs": (
        "{known} places are allotted already, here it says {places}",
        "to change it: leaguectl quota set YEAR ORG PLACES; or give a further block with its first and"
        " last number and document",
    ),
    "quota-above-exceeded": (
        "{places} places are more than {above} has left ({left} left)",
        "lower the places, or give the level above more first: leaguectl quota set",
    ),
    "block-too-large": (
        "{places} places in one block; {most} are the most",
        "correct the places; the bound stands in the policy ([[quota]] block_places)",
    ),
    "quota-in-use": (
        "{organization} can give {can} of {places} places: of {held} are {used} used, {void} void,"
        " {below} given to organisations below",
        "give {can}, or have those below give theirs back first: leaguectl quota move",
    ),
    "quota-none": (
        "{organization} has no quota of {year}",
        "leaguectl quota show {year}",
    ),
    "quota-not-common": (
        "no quota of {year} stands above both {source} and {target}",
        "give back and set them one by one: leaguectl quota set",
    ),
    "quota-move-nothing": (
        "places move from one organisation to another",
        "name two organisations and at least one place",
    ),
    "number-not-ours": (
        "the number {number} is in no block of ours, taken as given elsewhere",
        "compare it with the form if the member was admitted here",
    ),
    "left-differs": ("left on {known} by the registry, {said} here", "correct one of them"),
    "left-before-joined": ("left on {left}, before joining on {joined}", "correct the dates"),
    "home-corrected": (
        "“{known}” is corrected to “{said}”, as if it had always been so",
        "to record a move with its day: leaguectl member transfer",
    ),
    "member-moved-on": (
        "moved from “{said}” on {since} and belongs to “{known}” now, which is kept (rows {rows})",
        "leave the row out; or move the member again: leaguectl member transfer",
    ),
    "left-missing": ("a reason for leaving, but no day", "give the day"),
    "joined-differs": ("joined on {known} by the registry, {said} here", "correct one of them"),
    "number-absent": (
        "import records admissions that have happened, and those have a number",
        "to have a number given: leaguectl admit FILE",
    ),
    "form-absent": ("there is no admission without a form", "have the form filled in first"),
    # plans: what the county does
    "stored-differs": (
        "the registry has {known}, here it says {said}",
        "compare both with the paper; correct the row, or import it with --reason TEXT",
    ),
    "stored-differs/corrected": (
        "the registry had {known}; {said} is taken, for the reason given",
        "leaguectl log has the reason",
    ),
    "term-reversed": (
        "the term ends on {until}, before it begins on {since}",
        "correct the dates",
    ),
    "term-overlaps": (
        "the same person holds this post since {since} already",
        "give the same beginning to complete that term, or end it first",
    ),
    "term-overlaps/until": (
        "the same person held this post from {since} to {until}, which this term overlaps",
        "give the same beginning to complete that term, or correct the dates",
    ),
    "post-other-person": (
        "this term is stored for another person called {name}",
        "compare both ID numbers; write the posts of two people of one name apart",
    ),
    "trainee-nameless": (
        "an ID number without a name",
        "give the name, or leave both empty to record the session alone",
    ),
    "score-above-full": (
        "{score} of {full} full marks",
        "correct the marks",
    ),
    "full-none": ("full marks are more than nought", "correct them, or leave the cell empty"),
    "survey-empty": (
        "neither students, young people nor members are given",
        "give at least one of the three, or leave the row out",
    ),
    "marks-not-marks": ("“{text}” is no number of marks", "give a number such as 18 or 18.5"),
    # lives: transfers, leaving, discipline
    "day-ahead": (
        "{day} is still to come; today is {today}",
        "record it when it has happened: --on DAY",
    ),
    "organization-not-yet": ("“{name}” was founded on {founded}", "correct the day: --on DAY"),
    "member-not-now": (
        "is no member now",
        "leaguectl member show tells the history; leaguectl member restore restores",
    ),
    "member-not-now/left": (
        "is no member since {left}",
        "leaguectl member show tells the history; leaguectl member restore restores",
    ),
    "member-now": (
        "is a member already, in “{organization}”",
        "leaguectl member transfer --to ORG",
    ),
    "day-before-membership": (
        "{day} lies before {begun}, when the membership began there",
        "correct the day: --on DAY",
    ),
    "day-before-leaving": (
        "{day} lies before {left}, the day of leaving",
        "correct the day: --on DAY",
    ),
    "transfer-nowhere": ("belongs to “{organization}” already", "give another --to"),
    "transfer-pending": (
        "transfer {id} is under way since {requested}",
        "settle it first: leaguectl transfer accept {id}, or transfer refuse {id}",
    ),
    "transfer-under-way": (
        "has a transfer under way, which is kept",
        "leaguectl transfer list --state pending",
    ),
    "transfer-late": (
        "asked for on {day}; the season's transfers are to be started by {deadline}",
        "see that they are done in time: leaguectl transfer list --overdue",
    ),
    "transfer-not-found": ("there is no transfer {id}", "leaguectl transfer list"),
    "transfer-settled": (
        "transfer {id} is settled already: {state} on {settled}",
        "leaguectl transfer list --state pending",
    ),
    "transfer-before-request": (
        "{day} lies before {requested}, when the transfer was asked for",
        "correct the day: --on DAY",
    ),
    "transfer-within": (
        "transfer {id} goes from one organisation here to another, and does not lapse",
        "leaguectl transfer refuse {id} --reason TEXT",
    ),
    "transfer-not-lapsed": (
        "transfer {id} may be handled until {last}",
        "wait; or leaguectl transfer refuse {id} --reason TEXT",
    ),
    "transfer-elsewhere": (
        "transfer {id} is from “{source}”, but the member belongs to “{organization}” by now",
        "leaguectl transfer refuse {id} --reason TEXT, and ask again",
    ),
    "transfer-leaves-post": (
        "is {post} of “{organization}” and goes elsewhere",
        "end the post: leaguectl post end",
    ),
    "member-never": ("was never a member here", "import or admit first"),
    "document-missing": ("this stands on a document", "name it: --authority DOC"),
    "approval-missing": (
        "this is approved from above ({allowed})",
        "say by whom: --approved-by ORG, or the name of one that is not of this registry",
    ),
    "approval-not-theirs": (
        "“{approver}” cannot approve this; {allowed} can",
        "leaguectl org show tells what lies above; the policy names who is authorised",
    ),
    "not-of-age": (
        "is {age} years old on {day}; who is {limit} leaves by age",
        "leaguectl member aging tells who turns {limit} when",
    ),
    "party-member-stays": (
        "is a Party member, and those stay by the policy",
        "the policy's party_members_stay decides",
    ),
    "leaves-post": (
        "holds a post: {post} of “{organization}”",
        "who holds a post does not leave by age; else end it: leaguectl post end",
    ),
    "restore-not": (
        "left on {left} ({reason}), which is not taken back",
        "who comes back from outside: leaguectl member transfer --from-outside PLACE --to ORG",
    ),
    "discipline-in-force": (
        "{kind} is in force since {since} already",
        "leaguectl member discipline --lift ends it",
    ),
    "discipline-none": ("no {kind} is in force on {day}", "leaguectl member show tells of it"),
    "discipline-no-end": ("{kind} has no end of its own", "leave --until out; --lift ends it"),
    "discipline-no-post": ("holds no post", "compare with the document"),
    "probation-months": (
        "probation since {since} ends on one of: {ends}",
        "give --until with one of them",
    ),
    "expulsion-stays": ("an expulsion is not lifted", "leaguectl member restore"),
    "milestone-known": ("{kind} is recorded already: {day}", "--remove takes it back"),
    "milestone-person": (
        "nobody with this ID number is in the registry: {name}",
        "import the roster with the member first, or correct the number",
    ),
    "milestone-bearer": (
        "{name} is not the name of exactly one member of {organization}",
        "add a column with the ID number, or name the branch itself in place of what is above it",
    ),
    "milestone-none": ("{kind} is not recorded", "leaguectl member show tells what is"),
    "milestone-order": (
        "{late} ({second}) lies before {early} ({first})",
        "compare the dates with the papers",
    ),
    "leave-aged-alone": (
        "--aged is for everybody of age",
        "leave the person and other reasons out",
    ),
    "leave-who-why": (
        "who leaves, and why?",
        "give the person and --reason-kind, or --aged for everybody of age",
    ),
    "lift-alone": ("--lift ends a measure on one day", "give --on DAY alone"),
    "since-needed": ("since when?", "give --since DAY"),
    # tree: organisations over time
    "parent-not-allowed": (
        "“{parent}” ({above}) is no place for an organisation of the type {type}",
        "it lies under one of these: {allowed}",
    ),
    "organization-moved-on": (
        "lies under “{known}” since {day}, no more under “{said}”; that is kept",
        "correct the sheet; to move it again: leaguectl org move",
    ),
    "organization-renamed": (
        "is called “{known}” now, which is kept",
        "correct the sheet; to rename it again: leaguectl org rename",
    ),
    "organization-named-so": ("is called so already", "give another name"),
    "organization-there": ("lies under “{parent}” already", "give another --to"),
    "organization-there-already": ("is there already, as it is described", "leaguectl org show"),
    "organization-has-below": (
        "{count} organisations lie below it: {names}",
        "close or move them first; or leaguectl org merge",
    ),
    "organization-has-members": (
        "{count} members belong to it",
        "say where they go on: --members-to ORG",
    ),
    "organization-has-cases": (
        "{count} candidates with an open case belong to it",
        "say where they go on: --members-to ORG",
    ),
    "organization-to-itself": ("its members cannot go on in itself", "give another organisation"),
    "organization-has-places": (
        "it holds {left} unused places of {year}",
        "give them back first: leaguectl quota move {year} {code} {above} {left}",
    ),
    "member-not-here": ("is no member of “{organization}”", "leaguectl member show"),
    "name-empty": ("a name is not empty", "give the full name"),
    "registered-early": (
        "{day} lies before {year}",
        "a year's registration begins in its autumn: --on DAY",
    ),
    "transfer-goes-where": (
        "a transfer goes to one place",
        "give --to ORG for an organisation here, or --to-outside PLACE",
    ),
    "transfer-comes-where": (
        "who comes from outside comes to an organisation here",
        "give --to ORG beside --from-outside PLACE",
    ),
    "reason-needed": ("this needs a reason, which is recorded", "add --reason TEXT"),
}
