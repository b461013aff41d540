"""English."""

LINES = {
    "comma": ", ",
    "error": "error",
    "warning": "warning",
    "fix": "→ ",
    "imported": "read {read} · created {created} · updated {updated} · unchanged {unchanged}"
    " · rejected {rejected}",
    "operation": "operation {operation}",
    "dry-run": "dry run: nothing was written",
    "plan-kept": "kept the plan in {file}; to carry it out: leaguectl import --apply {file}",
    "plan-not-kept": "no plan was kept: there is nothing to write, or something speaks against it",
    "file-written": "written: {file}",
    "dup-none": "no two people look like one",
    "exported": "{kind}: {rows} rows",
    "export-masked": "personal values are masked, so import cannot read this again; for that: --reveal --reason TEXT",
    "reply-title": "findings",
    "reply-level": "level",
    "reply-file": "file",
    "reply-sheet": "sheet",
    "reply-cell": "cell",
    "reply-code": "rule",
    "reply-reason": "what is wrong",
    "reply-remedy": "what to do",
    "reply-sent-as": "cell as sent",
    "reply-note": "Red cells must be mended, yellow ones looked at. Mend them in this file and send it back.",
    "reply-clean": "Nothing was found.",
    "quota-no-document": "no document was named: --authority TEXT keeps by which one places changed",
    "since-operation": "since operation {operation}",
    "nothing-written": "nothing was written",
    "nothing-to-write": "nothing to write: all of it is in the registry",
    "nothing-to-do": "nothing to do",
    "valid-only-hint": "to take in the rows without an error: --valid-only",
    "registry-made": "made the registry {db}",
    "registry-would": "would make the registry {db}",
    "upgraded": "{db}: schema {before} → {after}; a copy of the old one lies beside it",
    "upgrade-none": "{db}: schema {after} is the present one",
    "sheet-read": "{file}!{sheet}: {kind}, headings in row {row}",
    "sheet-left": "{file}!{sheet}: not one of our tables, left alone",
    "sheet-hidden": "{file}!{sheet}: this sheet is hidden",
    "rows-hidden": "{file}!{sheet}: these rows are hidden and were read: {rows}",
    "columns-hidden": "{file}!{sheet}: these columns are hidden and were read: {columns}",
    "sheet-dues": "{file}!{sheet}: dues, headings in row {row}: not kept, dues are no part of this registry",
    "sheet-organization-statistics": "{file}!{sheet}: statistics of organisations, headings in row {row}: not"
    " kept, `leaguectl stats` counts its own rows",
    "columns-left": "    columns left alone: {columns}",
    "rows-left": "    rows left alone: {rows}",
    "admitted-count": "admitted {admitted} · refused {refused}",
    "check-counts": "{error} errors, {warning} warnings",
    "found-none": "nobody found",
    "progress-plan": "judging the rows",
    "bug": "leaguectl: a fault of this program ({kind}). What happened is in {log};"
    " --debug shows it here",
    "bug-no-log": "leaguectl: a fault of this program ({kind}); --debug shows what happened",
    "year-closed": "closed {year}; SHA-256 of its figures: {sha256}",
    "plan-others": "all others (no survey)",
    "plan-total": "total",
    "assumed": "assumed: {text}",
    "plan-day": "members as of {day}",
    "plan-ageing": "who turns 28 by the end of {year} and holds no post leaves",
    "plan-graduating": "graduating branches leave with their classes (all of {year}, and those without a year)",
    "plan-transferring": "pending transfers out of the county are accepted",
    "plan-survey": "students and young people stay as many as the latest survey by {year} counted",
    "plan-cap": "the cap of the graduating classes is kept by the classes that become them; nobody is admitted into a class that leaves",
    "plan-places": "as many places as leave, so that the number holds, unless the cap has less room; with --places, split by that (largest remainders), never above the room",
    "plan-left-out": "surveys of organisations above a surveyed one are left out: {names}",
    "tie-breaks": "ranked by: {names}; equal in all of them share a rank",
    "rank-none": "no scores of {year}: import a sheet of assessments (考核)",
    "policy-packaged": "no file of the county's own: the packaged numbers are in force",
    "undone": "operation {undone} is undone: {rows_removed} rows went, {rows_changed} are as before, {rows_restored} came back",
    "undo-would": "undoing operation {undone}: {rows_removed} rows would go, {rows_changed} be as before, {rows_restored} come back",
    "off": "off",
    "none": "none",
    "figure-in-force": "{key} = {value} since {since} ({origin}): {source}",
    "interrupted": "interrupted: nothing half-written",
    # cases
    "case-next": "{name}, {organization}: next is {step}; to come: {lacks}",
    "case-complete": "{name}, {organization}: all fifteen steps are done",
    "case-ended": "{name}, {organization}: {state} on {day}; {reason}",
    "case-closed-now": "the case of {name}: {state} on {day}",
    # what falls due
    "due-talk": "{about}: talk with the applicant",
    "due-step": "{about}: next may be {step}",
    "due-approval": "{about}: approve the admission",
    "due-form": "{about}: file the scan of the form {form}",
    "due-numbers": "{count} numbers are unused: {first} to {last}",
    "due-dispute": "{number}: claimed by {about}; settle it",
    "due-age": "{about} turns {age} and holds no post",
    "due-transfer": "{about}: papers from {source} to {target}",
    "due-graduates": "{count} members of a class that has graduated: move their papers",
    "due-probation": "{about}: probation ends",
    "due-registration": "{count} members are not registered for {year}",
    "due-election": "election; the last was on {elected}, a term has {years} years",
    "due-post": "{about}: the term as {post} ends",
    "due-secretary": "no secretary ({count} seats empty)",
    "due-task": "{module}: {about}",
    "due-count": "{count} due, {overdue} of them overdue",
    "due-calendar": "Youth League: due",
    "due-by": "to be done by this day",
    "due-from": "may be done from this day on",
    "due-overdue": "overdue when this calendar was made",
    "seats-counted": "{seats} seats · {filled} filled · {empty} empty",
    "packets-written": "{year}: {files} lists with {people} people in {folder}",
    "packets-masked": "personal values are masked; for the lists that are filed: --reveal --reason TEXT",
}

CODES = {
    # cells
    "cell-missing": ("{field} is empty", "fill it in"),
    "cell-error": (
        "this cell shows {shown}: its formula failed",
        "put the value itself into the cell",
    ),
    "cell-no-value": (
        "this formula was never calculated, so it has no value",
        "open the file in a spreadsheet program and save it, or put the value into the cell",
    ),
    "cell-digits-lost": (
        "this number was stored as a quantity, so its last digits are lost",
        "format the column as text and type it again from the paper",
    ),
    "name-not-a-name": ("“{text}” is not a name", "give the person's name alone"),
    "id-number-cell": (
        "the ID number is stored as a quantity; its last digits are lost and cannot be restored",
        "format the column as text and type the number again from the ID card",
    ),
    "id-15-digits": (
        "this ID number has 15 digits, and its century is not sure",
        "give the number of 18 digits from the present ID card, or the birth date in its own column",
    ),
    "id-15-digits/no_date": (
        "this ID number has 15 digits, and digits 7 to 12 are no date: some may be missing",
        "give the number of 18 digits from the present ID card",
    ),
    "id-15-digits/differs": (
        "this ID number has 15 digits; as an old one it says born on {says}, the column {differs}",
        "give the number of 18 digits from the present ID card",
    ),
    "id-extended": (
        "an old ID number of 15 digits is taken as the one of 18: 19 before the year,"
        " check digit {check}",
        "compare it with the present ID card; the sheet may keep it",
    ),
    "id-length": (
        "the ID number has {length} characters instead of 18",
        "compare it with the ID card",
    ),
    "id-characters": (
        "the ID number has characters other than digits and a final X",
        "compare it with the ID card",
    ),
    "id-province": (
        "no province has the code {province}, with which the ID number begins",
        "compare it with the ID card",
    ),
    "id-birth-date": (
        "digits 7 to 14 of the ID number are no date",
        "compare it with the ID card",
    ),
    "id-check-digit": (
        "the check digit of the ID number is wrong, so at least one digit is",
        "compare it with the ID card",
    ),
    "phone-not-a-phone": ("this is no telephone number", "give eleven digits, or leave it empty"),
    "serial-not-a-serial": ("“{text}” is no serial", "give its digits and letters alone"),
    "number-not-digits": (
        "“{text}” is no development number",
        "give its digits alone, from the upper right corner of the form",
    ),
    "day-not-a-day": ("“{text}” is no date", "write it as 2023-05-04"),
    "day-month-only": (
        "“{text}” is a month; the steps of an admission are known by the day",
        "give year, month and day",
    ),
    "hours-not-hours": ("“{text}” is no number of hours", "give a number such as 8 or 8.5"),
    "count-not-a-count": ("“{text}” is no whole number", "give digits alone"),
    "year-not-a-year": ("“{text}” is no year", "give four digits, such as 2023"),
    "text-too-long": (
        "this text has {length} characters; {longest} are the most",
        "shorten it",
    ),
    "choice-unknown": ("“{text}” is not known here", "one of: {known}"),
    # sheets
    "heading-twice": (
        "two columns are for {field}: “{first}” and “{second}”",
        "delete or rename one of them",
    ),
    "heading-missing": (
        "this looks like a sheet of {kind}, but has no column for: {missing}",
        "add the columns (one organisation for all rows: --org); or say what it is with --kind, or"
        " which sheets to read with --sheet",
    ),
    "sheet-not-there": ("there is no sheet “{sheet}”", "the sheets are: {sheets}"),
    "file-says-nothing": (
        "no sheet of this file has headings that are known",
        "name the columns as `leaguectl help import` lists them",
    ),
    "file-too-slow": (
        "reading the file took longer than {seconds} seconds",
        "copy the filled cells into a new workbook and save it as .xlsx",
    ),
    "file-damaged": (
        "the file cannot be read {detail}",
        "open it in a spreadsheet program and save it as .xlsx",
    ),
    "file-not-a-table": ("the file is no table: {detail}", "save it as .xlsx or .csv"),
    "file-too-large": (
        "the file would unpack to more than can be looked at ({detail})",
        "copy the filled cells into a new workbook and save it as .xlsx",
    ),
    "file-crashes-reader": (
        "the file makes the reader break off ({detail})",
        "open it in a spreadsheet program and save it as .xlsx",
    ),
    "file-old-workbook": (
        "the file is a workbook of a form older than Excel 97, or without its container",
        "open it in a spreadsheet program and save it as .xlsx",
    ),
    "file-with-entities": (
        "{part} of the file defines entities, which no workbook needs",
        "ask the sender, or copy the cells into a new workbook",
    ),
    "file-part-twice": (
        "the file holds {part} twice, and programs differ on which they show",
        "save it again as .xlsx",
    ),
    "file-far-cell": (
        "{sheet} has a filled cell at {cell}, far outside any table",
        "clear it, or copy the table into a new workbook",
    ),
    "file-without-sheets": ("the file has no sheet", "save it again as .xlsx"),
    "file-encrypted": (
        "the file is protected by a password",
        "remove the password in the spreadsheet program and save it",
    ),
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
        "moved from “{said}” on {since} and belongs to “{known}” now, which is kept",
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
    # rules: entry
    "one-number": (
        "the number {number} belongs to {holder} already",
        "compare both forms; while it is open who has it:"
        " leaguectl number dispute {number} --claim NAME",
    ),
    "one-number/void": (
        "the number {number} was made void: {void}",
        "a void number is never used again; take the next one",
    ),
    "one-number/has": (
        "{person} has the number {has} already, here it says {number}",
        "one person, one number: compare with the form",
    ),
    "one-form": (
        "the form {form} belongs to {holder} already",
        "compare both forms",
    ),
    "one-form/has": (
        "{person} has the form {has} already, here it says {form}",
        "one person, one form: compare with the papers",
    ),
    "one-certificate": (
        "the certificate {certificate} belongs to {holder} already",
        "compare both certificates",
    ),
    "one-certificate/has": (
        "{person} has the certificate {has} already, here it says {certificate}",
        "one person, one certificate: compare with the papers",
    ),
    "certificate-format": (
        "the certificate {certificate} does not have the digits of the local scheme: {digits}",
        "compare it with the certificate; the scheme stands in the policy ([[certificate]] digits)",
    ),
    "number-format": (
        "the number {number} has {has_digits} digits; its year asks for {digits}",
        "copy it again from the form",
    ),
    "number-year": (
        "the number {number} does not begin with the year of joining ({joined}): {years}",
        "compare number and date with the form",
    ),
    "number-missing": (
        "joined on {joined}; since {since} every new member has a number",
        "copy it from the upper right corner of the form",
    ),
    "age-at-joining": (
        "{age} years old when joining on {joined}; {minimum} to {maximum} is allowed",
        "compare the date of joining with the form",
    ),
    # rules: gate
    "one-person": (
        "{person} is a member already (joined {joined})",
        "nobody is admitted twice; leave the row out",
    ),
    "one-person/admitted": (
        "{person} was admitted on {admitted} already",
        "nobody is admitted twice; leave the row out",
    ),
    "number-in-block": (
        "the number {number} is in no block of this organisation",
        "import the quota of its year first, or take a number of its block: {blocks}",
    ),
    "number-in-block/owner": (
        "the number {number} belongs to the block of {owner}",
        "take a number of the own block: {blocks}",
    ),
    "certificate-given": (
        "no certificate is recorded for {person}",
        "import the case again with its certificate",
    ),
    "place-left": (
        "no organisation from here up has a quota for {year}",
        "import the quotas of {year} first",
    ),
    "place-left/used": (
        "the quota of {holder} for {year} is exhausted: {places} places, {used} used,"
        " {void} void, {below} given to organisations below",
        "ask the level above for more places; only where its document allows it, on a free place above:"
        " --reason TEXT --authority DOCUMENT",
    ),
    "age-at-application": (
        "{age} years old when applying on {applied}; {minimum} to {maximum} is allowed",
        "compare the birth date with the ID card; who is too young may apply later",
    ),
    "dates-in-order": (
        "{late} ({second}) lies before {early} ({first})",
        "compare the dates with the papers",
    ),
    "dates-tied": (
        "{early} and {late} are the same day ({day})",
        "reviewers ask for a day between the steps",
    ),
    "talk-within-a-month": (
        "the talk on {talked} came more than {limit} days after the application on {applied}",
        "compare the dates with the papers",
    ),
    "activist-months": (
        "activist since {activist}, meeting on {meeting}: less than {months} months",
        "the meeting may be held on {earliest} at the earliest",
    ),
    "course-hours": (
        "{hours} course hours; {minimum} is the least",
        "have the missing hours taken first",
    ),
    "service-hours": (
        "{hours} hours of voluntary service; {minimum} is asked for",
        "compare with the record of service",
    ),
    "two-introducers": (
        "both introducers are {introducer}",
        "two different members introduce a candidate",
    ),
    "quorum": (
        "{present} of {due} due were present; more than half must be",
        "compare with the minutes; without a quorum the meeting is held again",
    ),
    "majority-of-present": (
        "{in_favour} votes in favour of {present} present; more than half must be",
        "compare with the minutes; without a majority the candidate is not admitted",
    ),
    "majority-of-due": (
        "{in_favour} votes in favour of {due} due; more than half should be",
        "compare with the minutes",
    ),
    "approval-within-days": (
        "approved on {approved}, more than {limit} days after the meeting on {meeting}",
        "compare the dates with the papers",
    ),
    # rules: standing
    "chain-closed": (
        "person, number, form and certificate do not name one another; broken: {missing}",
        "compare with the papers; the registry was changed by another program",
    ),
    "admission-recorded": (
        "admitted on {joined}, but the case of it is gone",
        "the registry was changed by another program; restore the last backup",
    ),
    "organization-placed": (
        "a {type} lies under “{parent}”, a {above}",
        "correct its type, or leaguectl org move",
    ),
    "organization-rooted": (
        "going up from it comes to {above}, which does not exist or lies below it",
        "the registry was changed by another program; restore the last backup",
    ),
    "number-has-member": (
        "the number {number} is in use, but by nobody who is or was a member",
        "leaguectl member show {number}",
    ),
    "number-admitted": (
        "the number {number} of our block is used by {person} without a recorded admission",
        "import the case of the admission",
    ),
    "number-year-kept": (
        "the number {number} (year {year}) does not fit the block {block} that holds it",
        "the registry was changed by another program; restore the last backup",
    ),
    "block-adds-up": (
        "the quota has {places} places, its block {block} {size} numbers, the ledger {rows}",
        "the registry was changed by another program; restore the last backup",
    ),
    "block-within": (
        "the block {block} does not fit {other}",
        "the registry was changed by another program; restore the last backup",
    ),
    "quota-exceeded": (
        "{used} admitted on {places} places in {year}",
        "leaguectl quota show {year}",
    ),
    "quota-beyond": (
        "{beyond} admitted beyond the quota of {year}, on places of the organisations above",
        "leaguectl check admitted-beyond-quota names them and the documents",
    ),
    "quota-split-too-far": (
        "{allotted_below} places given below, of {places} places in {year}",
        "leaguectl quota show {year}",
    ),
    "member-has-home": (
        "belongs to the organisation {organization}, which does not exist or was dissolved",
        "move the member to another organisation",
    ),
    "joined-by-admission": (
        "joined on {joined}, in a year of which we hold the quota, without a recorded admission",
        "import the case of the admission",
    ),
    "one-id-number": (
        "the ID number {id_number} stands with more than one person",
        "compare with the ID cards; the registry was changed by another program",
    ),
    "id-number-valid": (
        "the ID number {id_number} does not pass its check digit",
        "compare it with the ID card",
    ),
    # rules: papers
    "number-disputed": (
        "the number {number} of {holder} is claimed by {claim} as well, since {opened}",
        "compare both forms, then: leaguectl number settle {number} --outcome TEXT",
    ),
    "admitted-beyond-quota": (
        "{organization} admitted beyond its quota, on a place of {owner}, by {authority}",
        "nothing to mend; it is named as long as the admission stands",
    ),
    "form-size": (
        "the scan of the form {form} has {megabytes} MB; {most} are the most",
        "scan it in grey or with fewer dots, then file it again",
    ),
    "form-pages": (
        "the scan of the form {form} has {pages} pages instead of {wanted}",
        "compare it with the paper, then file it again",
    ),
    # rules: the rest of the book, in its order
    "number-province": (
        "no province has the code {province}, digits 5 and 6 of the number {number}",
        "copy it again from the form; a code that is missing here goes into the policy file",
    ),
    "joined-in-future": (
        "joined on {joined}, which lies after today ({today})",
        "compare the date with the form",
    ),
    "age-at-meeting": (
        "{age} years old at the branch meeting on {meeting}; {maximum} is the most",
        "who is too old by then is not admitted; compare the dates with the papers",
    ),
    "activist-age": (
        "activist since {activist}, before turning {age} on {earliest}",
        "compare the dates with the papers; the first course may be taken from {earliest} on",
    ),
    "earliest-admission": (
        "branch meeting on {meeting}, less than {months} months after turning {age}",
        "the meeting may be held on {earliest} at the earliest",
    ),
    "dates-in-future": (
        "{step} is dated {day}, after today ({today})",
        "compare the date with the papers; what has not happened is not entered",
    ),
    "steps-recorded": ("{step} is not recorded", "fill it in from the papers"),
    "notice-days": (
        "the notice from {first} to {last} hung for {days} days; {minimum} is the least",
        "compare with the notice; if it was too short, post it again",
    ),
    "leaving-soon": (
        "admitted on {meeting}, less than {months} months before the class leaves on {leaves}",
        "ask the school; who leaves soon is admitted at the next place",
    ),
    "admitted-by-branch": (
        "{name} is a {type}, and candidates are admitted by the meeting of a branch",
        "give the branch that met",
    ),
    "admitted-by-branch/founded": (
        "{name} was founded on {founded}, after the meeting on {meeting}",
        "give the branch that met, or correct when it was founded",
    ),
    "introducer-not-self": (
        "the candidate {introducer} stands as introducer",
        "two other members introduce a candidate",
    ),
    "introducer-member": (
        "no member of {organization} or its committee bears the introducer's name {introducer}",
        "compare with the form; who introduces is a member on that day",
    ),
    "introducer-in-standing": (
        "{introducer} was under probation since {since} at the meeting on {meeting}",
        "another member introduces the candidate",
    ),
    "same-introducers": (
        "evidence: {pair} introduced {count} candidates of this branch in {year}; {most} is usual",
        "ask the branch; let different members introduce",
    ),
    "votes-possible": (
        "{more} {many}, but {fewer} {few}",
        "compare the counts with the minutes",
    ),
    "approval-power": (
        "{approved_by} is a {type}, which approves no admissions",
        "give the committee above that approved; if it was authorised, set it in the policy file",
    ),
    "approval-power/itself": (
        "approved by {approved_by}, the branch that admitted",
        "the committee above approves; give its name",
    ),
    "approval-power/elsewhere": (
        "approved by {approved_by}, which does not stand above the branch",
        "give the committee above that approved",
    ),
    "joined-at-meeting": (
        "joined on {joined}, but the branch meeting was on {meeting}",
        "correct the day of joining: it is the day of the meeting",
    ),
    "one-home": (
        "still belonged to {first} when {second} took the member in on {day}",
        "end the first membership on that day",
    ),
    "branch-size": (
        "{members} members on {day}; a branch has from {least} to {most}",
        "join it with another branch, or divide it; a county may allow more in the policy file",
    ),
    "branch-emptied": (
        "all who belonged to it ({had}) had left by {day}",
        "dissolve the branch, or correct where its members belong",
    ),
    "term-over": (
        "elected on {elected}; the term of {years} years ended on {ended}",
        "hold the election, and record its day",
    ),
    "secretary-missing": (
        "posts are recorded, but there is no secretary on {day}",
        "appoint one, or record who is",
    ),
    "seats-exceeded": (
        "{held} in post on {seats} seats ({of})",
        "end the posts that are over, or correct the seats",
    ),
    "post-holder-left": (
        "holds the post {post} of {organization}, but left on {left}",
        "end the post on that day",
    ),
    "over-age": (
        "turned {age} on {turned}, holds no post, and still belongs to {organization}",
        "have the leaving confirmed, or record the post",
    ),
    "form-unfiled": (
        "the scan of the form {form} was to be filed by {until} (approved on {approved})",
        "file it: leaguectl form receive",
    ),
    "certificate-early": (
        "the certificate {certificate} was issued on {issued}, before the approval on {approved}",
        "compare the dates with the papers",
    ),
    "certificate-not-returned": (
        "left on {left}, but the certificate {certificate} is still valid",
        "take it back: leaguectl certificate recall",
    ),
    "numbers-unused": (
        "{free} numbers of {year} are unused; none of them can be used after {ends}",
        "use them, give the places back, or make them void with a reason: leaguectl number void",
    ),
    "excellent-share": (
        "{excellent} of {graded} graded members were excellent in {year}; the limit is {limit}",
        "compare with the minutes of the grading",
    ),
    "review-share": (
        "{excellent} of {graded} secretaries reviewed in {year} were excellent; the limit is {limit}",
        "compare with the decision on the review",
    ),
    "ratio-capped": (
        "{stage} {year}: {members} members of {people}, a share of {share}; the limit is {limit}",
        "compare with the survey; plan fewer places for next year",
    ),
    "near-all": (
        "evidence: {members} members of {people} ({stage} {year}), a share of {share}",
        "ask whether each was admitted by choice and merit; the policy file sets the limit {limit}",
    ),
    "meeting-crowded": (
        "evidence: {count} people were admitted on {day}; up to {most} are usual",
        "look at the minutes of the meeting",
    ),
    "same-dates": (
        "evidence: {count} people applied on {applied}, were activists since {activist} and were"
        " admitted on {meeting}, all alike",
        "compare the dates with the applications",
    ),
    "same-votes": (
        "evidence: all {count} candidates of {day} had {in_favour} of {present} votes ({due} due)",
        "look at the minutes: each candidate is voted for alone",
    ),
    "admissions-bunched": (
        "evidence: {count} of the year's {all} admissions fell into {span} (from {first}), a share"
        " of {share}",
        "look at the minutes; spread admissions over the year",
    ),
    "numbers-rushed": (
        "evidence: {count} of the year's {all} admissions were approved since {since}, a share of"
        " {share}",
        "look at the cases; plan admissions over the year",
    ),
    "database-broken": ("the database finds itself damaged: {detail}", "restore the last backup"),
    # errors: numbers
    "void-needs-reason": ("a number is made void for a reason, which is kept", "add --reason TEXT"),
    "number-not-found": (
        "the ledger has no number {number}",
        "leaguectl number usage YEAR lists the blocks",
    ),
    "number-void": (
        "the number {number} is void already: {void}",
        "nothing to do; a void number is never used again",
    ),
    "number-in-use": (
        "the number {number} is used by {holder}, since operation {operation}",
        "an admission that never was is undone: leaguectl undo {operation}; where somebody else claims"
        " it: leaguectl number dispute {number} --claim NAME",
    ),
    "numbers-not-free": (
        "these numbers are not free: {numbers}",
        "make void the free ones alone; leaguectl number show N",
    ),
    "dispute-of-nobody": (
        "nobody here holds the number {number}, so nobody disputes it",
        "if somebody elsewhere uses it: leaguectl number void {number} --reason TEXT",
    ),
    "dispute-with-himself": (
        "{holder} holds the number {number} already",
        "name the other one who claims it",
    ),
    "dispute-open": (
        "a case of the number {number} is open already",
        "settle that one first: leaguectl number settle {number} --outcome TEXT",
    ),
    "dispute-not-found": (
        "no case of the number {number} is open",
        "leaguectl number disputes lists the open ones",
    ),
    # errors: papers
    "form-none": ("{person} has no valid form", "import or admit the case first"),
    "form-filed": (
        "a scan of the form {form} was filed on {received} already",
        "to put this one in its place: --reason TEXT",
    ),
    "form-not-found": (
        "no form and nobody's form has “{text}”",
        "leaguectl member find PART-OF-NAME",
    ),
    "scan-of-another": (
        "this very scan is filed with the form {form} of {holder}",
        "compare both files with the papers",
    ),
    "scan-of-nobody": (
        "the file's name holds no number of a member",
        "put the development number into its name, or give one file with --member WHO",
    ),
    "scan-too-large": (
        "{file} has more than {most} MB",
        "scan it in grey or with fewer dots; the bound stands in the policy ([[form]] megabytes)",
    ),
    "scan-not-a-pdf": ("{file} is no PDF", "save the scan as a PDF"),
    "scan-encrypted": ("{file} is protected by a password", "save it without one"),
    "scan-damaged": (
        "the pages of {file} cannot be counted",
        "open it in a PDF program and save it again, or scan it again",
    ),
    "scan-nothing": ("no PDF file to file", "give a PDF file, or a folder that has some"),
    "scan-one-person": (
        "--member is for one file",
        "leave it out: each file is filed by the number in its name",
    ),
    "certificate-held": (
        "{person} has the certificate {certificate} already",
        "a lost one: leaguectl certificate reissue WHO --reason TEXT",
    ),
    "certificate-which": (
        "{person} has no development number that the certificate could bear",
        "give its own: --serial SERIAL",
    ),
    "certificate-none": ("{person} has no valid certificate", "leaguectl certificate issue WHO"),
    "certificate-not-found": (
        "no certificate and nobody's certificate has “{text}”",
        "leaguectl member find PART-OF-NAME",
    ),
    "certificate-replaced": (
        "the certificate {certificate} was replaced by a later one",
        "give another --serial",
    ),
    "certificate-kept": (
        "here a certificate is issued again under its old serial {certificate}",
        "leave --serial out; the way stands in the policy ([[certificate]] reissue)",
    ),
    "certificate-renumbered": (
        "here a certificate is issued again under a new serial, {certificate} is kept as replaced",
        "add --serial SERIAL; the way stands in the policy ([[certificate]] reissue)",
    ),
    "reissue-needs-reason": ("a certificate is issued again for a reason", "add --reason TEXT"),
    "recall-needs-document": (
        "a certificate is taken back for a reason and by a document",
        "add --reason TEXT --authority DOCUMENT",
    ),
    # errors
    "as-of-before-year": (
        "{day} lies before the year {year}",
        "give a day of that year, or ask for the year of that day",
    ),
    "color-unknown": ("there is no colour setting {color}", "auto, always or never"),
    "ending-unknown": (
        "{file}: no format has the ending {ending}",
        "end it in .json, .csv, .tsv or .md, or say the format with -O",
    ),
    "policy-not-toml": ("the policy file is no TOML: {detail}", "correct it at that line"),
    "policy-not-valid": ("the policy file is not valid: {detail}", "correct these keys"),
    "db-unknown": (
        "no registry can be at {scheme}://",
        "give a path, sqlite:///PATH or postgresql://…",
    ),
    "database-not-ours": ("{db} is no registry", "give another --db; nothing was changed"),
    "database-newer": (
        "{db} was made by a newer version (schema {found}, this one knows {known})",
        "install the newest leaguectl",
    ),
    "database-older": (
        "{db} was made by an older version (schema {found}, this one is {known})",
        "leaguectl upgrade",
    ),
    "database-busy": ("another program keeps {db} locked", "wait until it is done, then again"),
    "database-damaged": ("{db} cannot be read: {detail}", "restore the last backup"),
    "database-nonsense": (
        "the table {table} holds values that are none; another program changed it",
        "leaguectl check names them; restore the last backup",
    ),
    "database-unreadable": ("{db} cannot be opened", "look at its permissions"),
    "database-unreachable": ("no answer from {db}", "is the server running, is the address right?"),
    "database-unwritable": ("{db} cannot be written {detail}", "look at its permissions"),
    "database-full": ("no room left for {db}; nothing was written", "make room, then again"),
    "registry-exists": ("{db} is there already", "give another --db"),
    "registry-not-found": (
        "there is no registry at {db}",
        "make one: leaguectl init, or leaguectl import FILE",
    ),
    "database-refuses": ("the database refuses the change: {constraint}", "leaguectl check"),
    "year-closed": (
        "{years} is closed, and this moves its figures: {figures}",
        "a correction says why: --reason TEXT; leaguectl year diff shows it then",
    ),
    "year-closed-already": (
        "{year} is closed already",
        "leaguectl year diff {year}; to open it again, undo the closing",
    ),
    "year-not-closed": ("{year} was not closed", "leaguectl year close {year}"),
    "year-not-over": ("{year} is not over (today is {today})", "close it when it is"),
    "year-unbalanced": (
        "the members of {year} do not balance: opening + admitted + in − out − left = {balance}, at its end {total}",
        "leaguectl check names the rows that contradict",
    ),
    "fall-unexplained": (
        "fell against the year before and is not explained: {fallen}",
        "--explain KEY=TEXT for each",
    ),
    "explained-unknown": ("there is no figure {key}", "known: {known}"),
    "explain-needs-key": (
        "“{text}” explains no figure",
        "KEY=TEXT, such as members.total=graduates moved on",
    ),
    "assert-needs-value": (
        "“{text}” is no figure with its value",
        "KEY=VALUE, such as members.total=5187",
    ),
    "as-closed-alone": (
        "--as-closed shows what was frozen, for the whole",
        "leave out --org, --as-of and --compare",
    ),
    "figure-differs": (
        "{key} was reported as {said} ({source}); the rows give {now}",
        "correct the rows, or report the figure again: leaguectl assert",
    ),
    "closing-altered": (
        "the frozen figures of {year} are not those that were closed",
        "another program changed them; take them from a backup",
    ),
    "places-beyond-room": (
        "the caps leave room for {room} places, not for {places}",
        "plan fewer, or set other caps in the county's policy file",
    ),
    "operation-not-found": ("there is no operation {operation}", "leaguectl log lists them"),
    "undo-undone": (
        "operation {operation} is undone already, by operation {by}",
        "to do it again: leaguectl undo {by}",
    ),
    "undo-overtaken": (
        "later operations build on operation {operation}: {later}",
        "undo those first, the newest first",
    ),
    "undo-nothing": ("operation {operation} changed nothing", "leaguectl show {operation}"),
    "registry-changed": (
        "the registry was changed meanwhile ({noun}); nothing was written",
        "run the command again",
    ),
    "file-not-found": ("{file} cannot be opened: {detail}", "check the path"),
    "file-not-written": ("{file} cannot be written: {detail}", "close it elsewhere, or another -o"),
    "member-not-found": ("nobody has “{text}”", "leaguectl member find PART-OF-NAME"),
    "member-ambiguous": ("{count} people have “{text}”: {candidates}", "give the id or the number"),
    "organization-not-found": (
        "no organisation is called “{name}”",
        "leaguectl org tree lists all of them",
    ),
    "organization-not-one": (
        "several organisations are called “{name}”: {candidates}",
        "give the code, or “above/full name”",
    ),
    "rule-not-there": ("there is no rule {rule}", "leaguectl rules lists them all"),
    "rule-not-there/near": (
        "there is no rule {rule}; near: {near}",
        "leaguectl rules lists them all",
    ),
    "rule-unknown": ("there is no rule {codes}", "leaguectl rules lists them all"),
    "rule-unknown/near": (
        "there is no rule {codes}; near: {near}",
        "leaguectl rules lists them all",
    ),
    "figure-unknown": ("there is no figure {key}", "known: {known}"),
    "format-unknown": ("there is no format {format}", "one of: {known}"),
    "edit-nothing": ("nothing to correct", "give --name, --id-number, --phone or --politics"),
    "person-same": ("both are the same person", "name two people; leaguectl dup list"),
    "export-several": (
        "several kinds of sheet ({kinds}) go into one workbook",
        "give -o FILE.xlsx, or one kind",
    ),
    "export-no-organization": (
        "a row of {kind} belongs to no organisation",
        "leave --org out",
    ),
    "kind-unknown": ("there is no kind of sheet {kind}", "one of: {known}"),
    "language-unknown": ("there is no language {language}", "zh or en"),
    "day-unknown": ("“{text}” is no day", "write it as 2023-05-04"),
    "province-unknown": ("“{text}” is no province code", "two digits, such as 65"),
    "reveal-needs-reason": (
        "--reveal shows personal values and needs a reason, which is recorded",
        "add --reason TEXT",
    ),
    "admit-nothing": (
        "nobody to admit",
        "give a FILE, or a candidate by --name, --id-number, --org and the other options",
    ),
    "introducers-two": (
        "more than two introducers",
        "give --introducer twice, once for each",
    ),
    "map-unknown": ("“{map}” maps no heading to a field", "HEADING=FIELD; fields: {known}"),
    "import-nothing": ("nothing to import", "give one or more files, or --apply PLAN"),
    "import-both": ("files and --apply exclude one another", "a plan knows its files already"),
    "plan-not-a-plan": ("{file} is no plan", "make one: leaguectl import FILE --plan-out PLAN"),
    "plan-of-another-version": (
        "{file} was made by another version ({found})",
        "make the plan again",
    ),
    "plan-file-changed": (
        "{file} was changed after the plan was made; nothing was written",
        "make the plan again",
    ),
    "reply-not-made": (
        "no reply could be made of {file}",
        "save it as .xlsx in a spreadsheet program",
    ),
    "reply-over-source": ("{file} is the file that was sent", "give the reply another name"),
    "reply-without-file": (
        "a reply is a copy of a file that was sent",
        "give the FILE, without --apply",
    ),
    "ending-not-xlsx": ("{file} is no name of a workbook", "let it end with .xlsx"),
    "admit-both": ("a FILE and a candidate by options exclude one another", "give one of them"),
    "config-not-toml": ("the config file {file} is no TOML: {detail}", "correct it at that line"),
    "config-headings": (
        "[headings] of the config file {file} is no table",
        'write "heading" = "field" under [headings]',
    ),
    "config-unknown": ("the config file {file} has unknown keys: {keys}", "known: {known}"),
    "limit-unknown": ("the config file {file} has {key}, which is no limit", "known: {known}"),
    "limit-not-a-limit": (
        "the config file {file} sets {key} to {value}",
        "give a whole number from {least} to {most}",
    ),
    "config-not-found": ("there is no config file {file}", "correct LEAGUECTL_CONFIG"),
    # cases
    "id-number-absent": (
        "nobody is known by a name alone, and {name} has no ID number here",
        "add a column with the ID number; or birth date and branch of somebody who has a case",
    ),
    "id-number-absent/several": (
        "{several} people of that branch are called {name} and were born that day",
        "give the ID number",
    ),
    "branch-not-said": (
        "no branch is named for {name}",
        "add a column with the branch, or name it for the whole sheet: --org BRANCH",
    ),
    "case-differs": (
        "the case says {known}, here it says {said}",
        "compare with the papers; to correct it: leaguectl case advance WHO … --reason TEXT",
    ),
    "case-differs/admits": (
        "the case of the candidate says {known}, the admission {said}",
        "compare with the papers; the admission counts",
    ),
    "case-closed": (
        "this case was closed on {closed}: {state}",
        "a new application opens a new case: leaguectl case open",
    ),
    "case-goes-on": (
        "a step of this case was taken on {day}, after {closed}",
        "close it on that day or later: --on DATE",
    ),
    "case-open-already": (
        "{name} has an open case at {organization}",
        "leaguectl case advance {name} …",
    ),
    "case-not-found": (
        "no candidate with a case is called “{text}”",
        "leaguectl case list --all; or open one: leaguectl case open",
    ),
    "case-ambiguous": ("{count} candidates are called “{text}”: {candidates}", "give the id"),
    "stage-not-shown": (
        "the list puts the candidate at this stage, but no day is known for: {missing}",
        "give the day",
    ),
    "stage-unknown": ("there is no stage “{text}”", "one of: {known}"),
    "advance-nothing": (
        "nothing to record",
        "give what is known of the next steps, such as --talked 2023-09-20",
    ),
    "contacts-two": ("more than two contacts", "give --contact twice, once for each"),
    "close-how": ("how did the case end?", "give one of --refused and --withdrawn"),
    "case-close-why": ("a case is closed for a reason, which is recorded", "add --reason TEXT"),
    "admit-case-both": (
        "a FILE takes from the cases of its rows by itself",
        "give the FILE, or --case WHO",
    ),
    "due-unknown": ("nothing of this kind falls due: {kinds}", "known: {known}"),
    # posts
    "post-not-found": ("there is no term {id}", "leaguectl post list names them all; --past too"),
    "term-ended": (
        "this term ended on {until} already",
        "to correct the day: --reason TEXT",
    ),
    "packet-of-admissions": (
        "lists for each organisation are made of admissions, not of: {kinds}",
        "leaguectl export admissions --per-organization -o FOLDER",
    ),
    "packet-needs-folder": ("lists for each organisation go into a folder", "add -o FOLDER"),
    "year-per-organization": (
        "a year is asked for with the lists for each organisation alone",
        "add --per-organization -o FOLDER, or leave --year out",
    ),
    "folder-not-empty": ("{folder} is there already", "give a folder that is new or empty"),
}

FIELDS = {
    "book": "book", "sentence": "says", "rule_code": "rule", "in_force": "in force", "example_policy": "with the policy",
    "right": "right", "wrong": "wrong", "as_of": "as of", "today": "today",
    "graduates": "graduates", "serial": "serial", "settled": "settled", "state": "state",
    "stage": "stage", "ageing": "age out", "graduating": "graduate", "transferring": "transfer",
    "staying": "stay", "base": "students", "ratio_now": "ratio now", "ratio_then": "ratio then",
    "cap": "cap", "room": "room", "places_suggested": "places", "rank": "rank",
    "percent": "per cent", "self_percent": "self", "full_items": "items with full marks",
    "self_difference": "self score nearer to the reviewed one", "stars": "stars", "why": "why",
    "grade": "grade", "previous": "year before", "change": "change", "closed": "closed", "now": "now",
    "at": "at", "actor": "who", "command": "command", "reason": "reason", "counts": "counts",
    "undone_by": "undone by", "undoes": "undoes", "sources": "files", "version": "version",
    "replaced": "replaced", "rows_removed": "rows removed", "rows_changed": "rows changed", "rows_restored": "rows restored",
    "noun": "what", "moved": "moved", "combined": "put together", "was": "was", "becomes": "becomes",
    "likeness": "alike by", "other_id": "other id", "other_name": "other name",
    "other_id_number": "other ID number", "other_organization": "other organisation",
    "heading": "heading", "english": "English", "needed": "needed", "synonyms": "also",
    "name": "name", "id_number": "ID number", "organization": "organisation", "joined": "joined",
    "number": "number", "form": "form", "certificate": "certificate", "phone": "phone",
    "written": "name as written",
    "politics": "politics", "left": "left", "leaving_reason": "leaving reason",
    "recommended_league": "recommended to the League", "recommended_party": "recommended to the Party",
    "applied_party": "applied to the Party", "joined_party": "joined the Party",
    "applied": "application", "talked": "talk", "activist": "activist since",
    "course_hours": "course hours", "service_hours": "service hours", "candidate": "candidate since",
    "notice_from": "notice from", "notice_to": "notice to", "introducer_1": "introducer 1",
    "introducer_2": "introducer 2", "meeting": "branch meeting", "due": "due",
    "present": "present", "in_favour": "in favour", "approved": "approval",
    "approved_by": "approved by", "route": "route", "year": "year", "places": "places",
    "first": "first", "last": "last", "authority": "authority", "code": "code", "type": "type",
    "parent": "above", "domain": "domain", "sector": "sector", "founded": "founded",
    "dissolved": "dissolved", "secretary_seats": "secretary seats",
    "committee_seats": "committee seats", "allotted_below": "below", "used": "used", "before": "before",
    "void": "void", "owner": "owner", "holder": "holder", "count": "how many",
    "size": "size", "free": "free", "claim": "claimed by", "opened": "since", "issued": "issued", "copies": "copies", "replaces": "replaces",
    "received": "filed", "pages": "pages", "sha256": "SHA-256",
    "outcome": "outcome", "beyond": "beyond quota", "usage_rate": "usage", "key": "figure", "value": "value", "unit": "unit",
    "label": "what", "definition": "definition", "members": "members", "id": "id",
    "file": "file", "sheet": "sheet", "kind": "kind", "read": "read", "created": "created",
    "updated": "updated", "unchanged": "unchanged", "rejected": "rejected", "field": "field",
    "row": "row", "setting": "setting", "origin": "from", "person": "person",
    "membership": "membership", "subject": "about", "message": "what is wrong", "level": "level",
    "turns": "turns 28", "party": "Party", "stays": "stays", "begun": "since", "ended": "until",
    "entry": "came by", "memberships": "membership", "discipline": "discipline",
    "milestones": "step", "registrations": "registered", "transfers": "transfer",
    "registered": "registered on",
    "event": "event", "formerly": "before", "after": "after",
    "from": "from", "to": "to", "requested": "asked for",
    "due_by": "due by",
    "fix": "what to do", "born": "born", "sex": "sex", "places_left": "left",
    "post": "post", "since": "from", "until": "to", "basis": "basis", "source": "source",
    "duty": "on duty", "elected": "last election", "training": "training",
    "category": "category", "day": "date", "activity": "activity",
    "covered": "organisations covered", "attendances": "attendances", "item": "item",
    "score": "score", "full": "full marks", "self_score": "self score", "veto": "veto",
    "module": "module", "task": "task", "lead": "lead unit", "deadline": "due", "done": "done",
    "students": "students", "youth": "young people",
    "contact_1": "contact 1", "contact_2": "contact 2", "reviewed": "review",
    "form_given": "form handed out", "told": "answer told", "oath": "oath", "filed": "filing",
    "reached": "stage", "place": "#", "step": "step",
    "lacks": "to come", "earliest": "at the earliest", "latest": "at the latest", "next": "next",
    "step-applied": "application", "step-talked": "talk", "step-activist": "activist",
    "step-contact": "contact named", "step-training": "training",
    "step-candidate": "recommended", "step-reviewed": "review", "step-notice": "notice",
    "step-introducers": "introducers", "step-form": "form", "step-meeting": "branch meeting",
    "step-approved": "approval", "step-told": "answer told", "step-oath": "oath",
    "step-filed": "filing",
    "days_left": "days", "what": "what",
    "posts": "posts", "asked": "asked", "held": "held", "missing": "missing",
    "reported": "reported members", "ratio": "ratio",
}  # fmt: skip

VALUES = {
    "distinctpair": "decided pair", "alias": "former ID number", "candidacy": "candidacy",
    "entry": "every member", "gate": "one admission", "standing": "the whole",
    "by rule": "the rule's own", "by package": "packaged policy", "by county": "the county's file",
    "veto": "vetoed (一票否决)", "too-young": "founded too lately to be rated",
    "too-young-for-top": "founded too lately for four or five stars",
    "share": "the share of four and five stars is full",
    "male": "man", "female": "woman",
    "organizations": "organisations", "quotas": "quotas", "admissions": "admissions",
    "organization founded": "founded", "organization renamed": "renamed",
    "organization moved": "moved", "organization merged": "merged",
    "organization split": "split", "organization retyped": "changed type",
    "organization elected": "elected", "organization closed": "closed",
    "superior": "any committee above", "county": "the county", "authorised": "a committee that the county authorised",
    "outside": "one above the county",
    "western plan": "volunteer of the western plan", "joint meeting": "joint meeting of youth work",
    "scarf study": "red scarf study", "qingma": "young Marxists",
    "candidates": "candidates", "milestones": "steps of members",
}  # fmt: skip

FIGURES = {
    "organizations.total": (
        "organisations",
        "organisations founded by that day and not dissolved",
    ),
    "organizations.villages": ("of them villages", "organisations of the sector village (农村)"),
    "organizations.communities": (
        "of them communities",
        "organisations of the sector community (城市社区)",
    ),
    "members.opening": (
        "members at the beginning",
        "members at the end of the day before the year",
    ),
    "admissions.total": (
        "admitted",
        "people whose branch meeting admitted them within the year",
    ),
    "members.transferred_in": (
        "transferred in",
        "members who came within the year: by transfer or from elsewhere in the county, or restored;"
        " those admitted there are not among them",
    ),
    "members.transferred_out": (
        "transferred out",
        "members who left within the year by transfer (转出) or for elsewhere in the county, and"
        " those admitted there within the year whose membership lies elsewhere",
    ),
    "members.left": (
        "left",
        "members who left within the year for any other reason than a transfer or a move",
    ),
    "members.total": (
        "members",
        "members on that day: joined or moved there by then, and not left",
    ),
    "admissions.school": ("admitted in schools", "admitted by organisations of the domain school"),
    "admissions.society": (
        "admitted in society",
        "admitted by organisations of any other domain",
    ),
    "admissions.quota": (
        "quota",
        "numbers of the year's blocks, each of which is a place; null where there is no quota",
    ),
    "admissions.quota_left": (
        "places left",
        "numbers of the year's blocks neither used by an admission nor void;"
        " null where there is no quota",
    ),
    "numbers.usage_rate": (
        "numbers used",
        "numbers used by an admission ÷ numbers of the year's blocks; null where there is no quota",
    ),
    "cadres.total": (
        "cadres",
        "people who hold a post on that day, each counted once, those known by name alone once in"
        " each organisation; null where no post is recorded",
    ),
    "cadres.secretary_filled_rate": (
        "secretaries in place",
        "seats of secretaries (书记应配) of villages and communities that are held on that day ÷"
        " those seats; who holds two fills two; null where no seats or no posts are recorded",
    ),
    "cadres.posts_filled_rate": (
        "posts filled",
        "seats of committees (班子应配, the secretary among them) of villages and communities that"
        " secretaries, deputies and committee members hold on that day ÷ those seats; who holds two"
        " fills two; null where no seats or no posts are recorded",
    ),
    "cadres.on_duty_rate": (
        "cadres on duty",
        "people with a post in a village or community who are on duty ÷ those of whom it is told"
        " whether they are; null where it is told of nobody",
    ),
    "cadres.seconded_deputies": (
        "seconded deputies of the county",
        "people who are deputy secretaries of the county's own committee by secondment (挂职) on"
        " that day; null where no post is recorded",
    ),
    "cadres.volunteer_deputies": (
        "volunteer deputies of townships",
        "volunteers of the western plan (西部计划志愿者) who are part-time deputy secretaries of a"
        " township's committee on that day: a committee of society directly below the county's;"
        " null where no post is recorded",
    ),
    "training.drill_people": (
        "people in drills",
        "people who attended a drill (岗位大练兵) of the year, each counted once, those without an"
        " ID number by their names; null where none is recorded",
    ),
    "training.sessions": (
        "training courses",
        "sessions of the year of basics (基础团务培训) and for young Marxists (青马工程);"
        " null where none is recorded",
    ),
    "training.people": (
        "people in these courses",
        "people who attended one of these sessions, each counted once, those without an ID number by"
        " their names; null where none is recorded",
    ),
    "activities.total": (
        "activities",
        "activities of the year but seminars, lectures, online classes and joint meetings, which"
        " have their own figures; null where none is recorded",
    ),
    "activities.organizations": (
        "organisations covered",
        "organisations that an activity of the year covered, with all below them;"
        " null where none is recorded",
    ),
    "activities.members": (
        "members covered",
        "members, on that day, of the organisations covered by an activity of the year;"
        " null where there is nobody",
    ),
    "seminars.sessions": (
        "seminars",
        "seminars (座谈会) of the year; null where none is recorded",
    ),
    "seminars.attendances": (
        "attendances at seminars",
        "attendances at the year's seminars, who came twice is counted twice;"
        " null where none is recorded",
    ),
    "lectures.youth_team": (
        "lectures of the youth team",
        "lectures of the youth team (青年讲师团宣讲) in the year; null where none is recorded",
    ),
    "lectures.congress": (
        "lectures on the congress",
        "lectures on the congress (二十大精神宣讲) in the year; null where none is recorded",
    ),
    "online.attendances": (
        "attendances online",
        "attendances at the year's online classes (青年大学习, 红领巾爱学习), who came twice is"
        " counted twice; null where none is recorded",
    ),
    "ratios.member_student": (
        "members to students",
        "members on that day of the schools surveyed in the year ÷ the students that they counted"
        " (团学比例); an organisation above one that was surveyed is left out;"
        " null where no students were counted",
    ),
    "ratios.member_youth": (
        "members to young people",
        "members on that day of the organisations surveyed in the year ÷ the young people of 14 to 28"
        " that they counted (团青比例); an organisation above one that was surveyed is left out;"
        " null where no young people were counted",
    ),
    "ratios.graduating_junior": (
        "graduating from junior middle",
        "members on that day of graduating branches of junior middle schools ÷ the students counted"
        " there in the stage 初中毕业班; the cap is 30 % unless the county's policy says otherwise;"
        " null where none were counted",
    ),
    "ratios.graduating_senior": (
        "graduating from senior middle",
        "members on that day of graduating branches of senior middle and vocational schools ÷ the"
        " students counted there in the stage 高中毕业班; the cap is 60 % unless the county's policy"
        " says otherwise; null where none were counted",
    ),
    "paths.recommended_to_league": (
        "recommended to the League",
        "people admitted in the year by recommendation (推优入团) or recorded as recommended in it;"
        " null where no route is recorded",
    ),
    "paths.joined_party": (
        "joined the Party",
        "members recorded as having joined the Party in the year; null where nobody is recorded",
    ),
    "assessment.organizations": (
        "organisations assessed",
        "organisations that have a score of the year; null where none is recorded",
    ),
    "tasks.total": (
        "tasks of the reform",
        "tasks of the reform plan due by the end of the year, or without a day, that were not done"
        " before it; null where none is recorded",
    ),
    "tasks.done": (
        "of them done",
        "of these tasks, those done by that day; null where there are none",
    ),
    "meetings.joint": (
        "joint meetings",
        "joint meetings of youth work (青年工作联席会) in the year; null where none is recorded",
    ),
}

UNITS = {
    "organization": "organisation", "person": "person", "place": "place", "ratio": "ratio",
    "session": "session", "attendance": "attendance", "task": "task",
}  # fmt: skip

HELP = {
    "": "The member registry of a county Youth League committee: one person, one number, one form,"
    " one certificate.",
    "examples": "Examples:",
    "option.db": "Registry: a file, or postgresql://…  [env LEAGUECTL_DB]",
    "option.lang": "Language: zh or en  [env LEAGUECTL_LANG]",
    "option.quiet": "Data and errors alone, no hints",
    "option.verbose": "Say more on stderr",
    "option.debug": "Show the traceback of a fault of the program",
    "option.color": "Colours: auto, always, never  [env NO_COLOR]",
    "option.format": "table, json, csv, tsv or md",
    "option.output": "Write the answer to a file, its format by the ending",
    "option.reveal": "Show full ID numbers and phones; needs --reason, is recorded",
    "option.reason": "Why; recorded with the operation",
    "option.authority": "The document that allows it; recorded with the operation",
    "option.dry_run": "Show what would be done, write nothing",
    "option.yes": "Answer the confirmation with yes",
    "option.org": "That organisation (code or name) and all below it",
    "option.as_of": "As it stood on that day",
    "option.help": "Show this and stop",
    "option.version": "Show the version and stop",
    "init": "Make an empty registry.",
    "init.name": "Name of the county",
    "init.province": "Province code, two digits, as in the numbers",
    "init.policy": "TOML file that lays over the packaged rules' numbers",
    "init.examples": "leaguectl init --name 云杉县 --province 65\n"
    "leaguectl --db postgresql://office/league init --province 65",
    "import": "Read spreadsheets into the registry: all of it, or nothing and every fault.\n\n"
    "The kind of each sheet (organizations, quotas, members, admissions, cadres, trainings, activities, assessments,"
    " tasks, surveys, candidates, milestones) is found by its headings."
    " A sheet that was read before changes nothing; an empty cell erases nothing; what contradicts"
    " the registry or another row is a finding.",
    "import.files": "Workbooks (.xlsx) or text tables (.csv, .tsv)",
    "import.kind": "Take every sheet for this kind",
    "import.sheet": "Take the sheets of this name alone",
    "import.valid_only": "Take in the rows without an error, report the others",
    "import.plan_out": "Write nothing, keep the plan in this file",
    "import.apply": "Carry out a kept plan exactly, or exit 7 where anything changed",
    "import.map_": "Take a heading for a field: 报名人=name; remembered by the registry",
    "import.create_organizations": "Make organisations that are not known, below the unit beside them",
    "import.province": "Province of a registry that is made by this import",
    "import.examples": "leaguectl import data/sample.xlsx\n"
    "leaguectl import --dry-run members.csv\n"
    "leaguectl import --valid-only -O json branch.xlsx > answer.json",
    "admit": "Admit candidates: judge each by the rules, give each a number in order, record form"
    " and certificate.\n\n"
    "A FILE is a sheet of candidates; or one candidate is given by options. All are admitted in"
    " one operation, or nobody and every reason is told.",
    "admit.file": "Sheet of candidates",
    "admit.name": "Name", "admit.id_number": "National ID number; - reads it from stdin",
    "admit.organization": "Branch: code or full name",
    "admit.applied": "Day of the application", "admit.talked": "Day of the talk",
    "admit.activist": "Day of becoming an activist", "admit.course_hours": "Hours of League courses",
    "admit.service_hours": "Hours of voluntary service",
    "admit.candidate": "Day of becoming a candidate", "admit.notice_from": "First day of the notice",
    "admit.notice_to": "Last day of the notice",
    "admit.introducer": "Introducer; given twice",
    "admit.meeting": "Day of the branch meeting", "admit.due": "Members due at the meeting",
    "admit.present": "Members present", "admit.in_favour": "Votes in favour",
    "admit.approved": "Day of the approval", "admit.approved_by": "Committee that approved",
    "admit.number": "Number, if it was given already", "admit.form": "Serial of the form",
    "admit.certificate": "Serial of the certificate",
    "admit.route": "推优入团, 积分入团 or 评议入团", "admit.phone": "Telephone",
    "admit.sheet": "Take the sheets of this name alone",
    "admit.map_": "Take a heading for a field: 报名人=name; remembered by the registry",
    "admit.valid_only": "Admit those who can be, report the others",
    "admit.examples": "leaguectl admit --dry-run data/candidates-2024.xlsx\n"
    "leaguectl admit --valid-only data/candidates-2024.xlsx -O json",
    "rules": "The rule book: every rule with its book, its level in force and its sentence.",
    "rules.examples": "leaguectl rules\nleaguectl rules -O json",
    "explain": "One rule: its sentence, its level and numbers in force with their sources, what is right"
    " and what is wrong by it, and what to do.",
    "explain.code": "Code of the rule, as findings bear it",
    "explain.on": "Numbers in force on that day (default: today)",
    "explain.examples": "leaguectl explain activist-months\nleaguectl explain number-year --on 2017-09-01 -O json",
    "check": "Ask every rule of everything stored; silent when all is well.",
    "check.codes": "Ask these rules alone",
    "check.strict": "Warnings count as errors",
    "check.on": "As of which day the whole is judged (default: the last that anything is dated)",
    "check.policy_of": "Judge by that day's policy instead of each admission's own; TODAY is today",
    "check.examples": "leaguectl check\nleaguectl check one-number block-adds-up -O json",
    "stats": "The figures of a year, each with its unit and definition.",
    "stats.year": "Calendar year", "stats.get": "Print one value alone",
    "stats.examples": "leaguectl stats 2023\n"
    "leaguectl stats 2023 --get admissions.total\n"
    "leaguectl stats 2023 --as-of 2023-06-30 --org 共青团云杉县第一中学委员会 -O json",
    "quota": "The admission plan and its blocks of numbers, down the tree.",
    "quota show": "The year's quotas, what of each is given below, used and left.",
    "quota show.year": "Calendar year",
    "quota show.examples": "leaguectl quota show 2023\nleaguectl quota show 2023 --org YS02 -O csv",
    "quota set": "Set the places of an organisation.\n\n"
    "Without a block PLACES are what it is to have in all: what it lacks is split off above, the next"
    " free numbers; what it has too many goes back up, as far as it is unused. With --first or --last"
    " PLACES are those of that block, which comes beside what there is.",
    "quota set.year": "Calendar year",
    "quota set.organization": "Organisation: code or full name",
    "quota set.places": "Places in all; with a block, its places",
    "quota set.first": "First number of the block",
    "quota set.last": "Last number of the block",
    "quota set.examples": "leaguectl quota set 2024 YS01 8 --authority 云团发〔2024〕3号\n"
    "leaguectl quota set 2024 YS 60 --first 202465009001 --authority 阿团发〔2024〕21号\n"
    "leaguectl quota set 2024 YS01 5 --dry-run",
    "quota move": "Move unused places, and their numbers, from one organisation to another: up to the"
    " quota above both and down again. To an organisation above it is giving back.",
    "quota move.year": "Calendar year",
    "quota move.source": "Organisation that gives: code or full name",
    "quota move.target": "Organisation that gets: code or full name",
    "quota move.places": "How many places",
    "quota move.examples": "leaguectl quota move 2024 YS01 YS02 2 --authority 云团发〔2024〕9号\n"
    "leaguectl quota move 2024 YS01 YS 1",
    "quota check": "Whether the year's quotas hold at every level; silent when they do.",
    "quota check.year": "Calendar year",
    "quota check.examples": "leaguectl quota check 2023",
    "form": "Application forms (入团志愿书) and their scans.",
    "form receive": "File scans of forms. The PDF is not kept: its SHA-256, size, pages and the day are."
    " One file for --member, or files and folders by the number in each file's name; all of them, or none.",
    "form receive.files": "PDF files, or folders of them",
    "form receive.member": "Whose form it is: number, name, ID number; - reads it from stdin",
    "form receive.examples": "leaguectl form receive 志愿书.pdf --member 202465007101\n"
    "leaguectl form receive scans/",
    "form show": "A form: whose it is, and its scan.",
    "form show.text": "Serial of the form, or whose it is; - reads it from stdin",
    "form show.examples": "leaguectl form show 202465007101",
    "certificate": "Membership certificates (团员证).",
    "certificate issue": "Give somebody a certificate.",
    "certificate issue.who": "Number, name, ID number or registry id; - reads it from stdin",
    "certificate issue.serial": "Its serial; the development number otherwise",
    "certificate issue.examples": "leaguectl certificate issue 202465007101\n"
    "leaguectl certificate issue 202465007101 --serial 00100990",
    "certificate reissue": "Give a lost certificate again: under its old serial, or under a new one that"
    " replaces it. The old one and its history stay.",
    "certificate reissue.who": "Number, name, ID number, certificate or registry id; - reads it from stdin",
    "certificate reissue.serial": "The new serial; the old one otherwise",
    "certificate reissue.examples": "leaguectl certificate reissue 202465007101 --reason 遗失\n"
    "leaguectl certificate reissue 202465007101 --serial 00100991 --reason 遗失",
    "certificate recall": "Take a certificate back (开除团籍, 除名).",
    "certificate recall.who": "Number, name, ID number, certificate or registry id; - reads it from stdin",
    "certificate recall.examples": "leaguectl certificate recall 202465007101 --reason 除名 --authority 云团发〔2024〕15号",
    "certificate show": "All certificates of a person, the present one last.",
    "certificate show.text": "Serial, or whose they are; - reads it from stdin",
    "certificate show.examples": "leaguectl certificate show 202465007101 -O json",
    "number": "The ledger of numbers: one place, one number, one state.",
    "number show": "One number: its state, its block and whose it is, who holds it, its history.",
    "number show.number": "Development number",
    "number show.examples": "leaguectl number show 202365004101\nleaguectl number show 202365004101 -O json",
    "number usage": "The year's blocks with how many of their numbers are free, used and void. A block"
    " below is counted in those above it too.",
    "number usage.year": "Calendar year",
    "number usage.examples": "leaguectl number usage 2023\nleaguectl number usage 2023 --org YS02 -O csv",
    "number gaps": "Numbers that nobody has, below the highest in use, and why: void, skipped (a higher"
    " number of the same block is in use), or waiting (the block's own turn has not come).",
    "number gaps.year": "Calendar year",
    "number gaps.examples": "leaguectl number gaps 2024\nleaguectl number gaps 2024 --org YS01 -O json",
    "number void": "Make free numbers void: they are never given to anybody. N, or all from N..M.",
    "number void.number": "Development number, or N..M",
    "number void.examples": "leaguectl number void 202465007101 --reason 志愿书填坏\n"
    "leaguectl number void 202465007101..202465007103 --reason 号段收回 --authority 云团发〔2024〕8号",
    "number dispute": "Open a case: somebody beside its holder claims a number. check shows it until it"
    " is settled.",
    "number dispute.number": "Development number",
    "number dispute.claim": "Who claims it: name, ID number, number, registry id; - reads it from stdin",
    "number dispute.examples": "leaguectl number dispute 202365004101 --claim 王丽 --reason 志愿书同号",
    "number settle": "Close the case of a number with what became of it.",
    "number settle.number": "Development number",
    "number settle.outcome": "Who keeps it, and what the other one gets",
    "number settle.examples": "leaguectl number settle 202365004101 --outcome 归持有人，另一人更正志愿书",
    "number disputes": "The numbers that two people claim.",
    "number disputes.every": "The settled ones too",
    "number disputes.examples": "leaguectl number disputes\nleaguectl number disputes --all -O json",
    "member": "People.",
    "member find": "Find people by part of the name, ID number, number or certificate.",
    "member find.text": "What to look for; - reads it from stdin",
    "member find.examples": "leaguectl member find 古丽\n"
    "leaguectl member find 202365004101 -O json",
    "member show": "One person: branch, number, form, certificate, admission.",
    "member show.text": "Number, certificate, registry id or name; - reads it from stdin",
    "member show.examples": "leaguectl member show 202365004101\n"
    'leaguectl member show 202365004101 --reveal --reason "transfer papers"',
    "option.day": "The day (default: today)",
    "option.to": "Organisation here: code, full name, or above/full name",
    "option.to_outside": "Place outside the county",
    "option.numbers": "Numbers of transfers, as `transfer list` shows them",
    "member transfer": "Ask for a member's transfer (组织关系转接): to an organisation here or to a place outside. The membership moves or ends when the transfer is accepted.",
    "member transfer.from_outside": "Place outside from which somebody known here comes (back); with --to",
    "member transfer.accepted": "It is accepted on the same day",
    "member transfer.examples": "leaguectl member transfer 202365004101 --to YS0102 --on 2023-12-20 --accepted\n"
    "leaguectl member transfer 202365004101 --to-outside 青松市某大学",
    "option.who": "Number, certificate, registry id or name; - reads it from stdin",
    "option.approved_by": "Organisation that approved it, here or elsewhere",
    "member leave": "End a membership: by age, resignation, removal, expulsion, death. Nothing is deleted; a removal and an expulsion need a document and who approved, and recall the certificate.",
    "member leave.reason_kind": "age, resigned, removed, expelled, deceased or other",
    "member leave.aged": "Everybody of 28 without a post, in one operation",
    "member leave.examples": "leaguectl member leave 202365004101 --reason-kind resigned --on 2023-12-20\n"
    "leaguectl member leave 202365004101 --reason-kind removed --approved-by YS01 --authority 云白团〔2023〕9号\n"
    "leaguectl member leave --aged --org YS01 --dry-run",
    "member register": "Yearly registration (年度团籍注册) of an organisation and all below it, with the grade of 教育评议: of these members, or of all who are not registered yet. Enter the exceptions first.",
    "member register.year": "Calendar year",
    "member register.grade": "excellent, qualified, barely-qualified or unqualified (who is not registered); Party members have none",
    "member register.member": "Somebody alone; may be given several times, and corrects what was recorded",
    "member register.examples": "leaguectl member register YS0102 2023 --grade excellent --member 202365004101 --on 2023-10-15\n"
    "leaguectl member register YS0102 2023 --grade qualified --on 2023-10-15",
    "member aging": "Who turns 28 in a year, or has, and holds no post: the list for the ceremony.",
    "member aging.year": "Calendar year (default: this year)",
    "member aging.examples": "leaguectl member aging --year 2024 --org YS01",
    "member restore": "Restore a membership (恢复团籍) with its old day of joining; needs --authority.",
    "member restore.to": "Organisation, where it is another than before",
    "member restore.examples": "leaguectl member restore 202365004101 --authority 云团纪〔2023〕3号 --on 2023-12-20",
    "member discipline": "Record a disciplinary measure and its document, or lift it. Probation takes vote and introducing; removal from post ends every post; expulsion ends the membership.",
    "member discipline.kind": "warning, serious-warning, removal-from-post, probation or expulsion",
    "member discipline.since": "First day", "member discipline.until": "Last of a probation: half a year or a year on",
    "member discipline.lift": "End it on --on DAY",
    "member discipline.examples": "leaguectl member discipline 202365004101 probation --since 2023-06-01 --until 2023-12-01 --authority 云团纪〔2023〕1号\n"
    "leaguectl member discipline 202365004101 warning --lift --on 2023-12-01",
    "member milestone": "Record a step of somebody's way: recommended to the League or the Party, applied to the Party, joined it; or that a member is out of reach (失联).",
    "member milestone.kind": "recommended-to-league, recommended-to-party, applied-to-party, joined-party or lost-contact",
    "member milestone.remove": "Take it back: recorded by mistake, or found again",
    "member milestone.examples": "leaguectl member milestone 202365004101 recommended-to-party --on 2023-12-01\n"
    "leaguectl member milestone 202365004101 lost-contact --remove",
    "transfer": "Transfers of members (组织关系转接): asked for, accepted, refused.",
    "transfer list": "Transfers, with the day by which each that is under way should be done.",
    "transfer list.state": "pending, accepted, refused or lapsed",
    "transfer list.overdue": "Those alone whose day is past",
    "transfer list.examples": "leaguectl transfer list --state pending\nleaguectl transfer list --overdue --org YS11 -O csv",
    "transfer graduates": "Ask for the transfer of all members of graduating branches from an organisation down, in one operation. Who has a transfer under way keeps it: enter the exceptions first.",
    "transfer graduates.year": "Year in which the classes leave school (default: the year of the day)",
    "transfer graduates.examples": "leaguectl transfer graduates YS11 --to-outside 录取学校 --on 2024-06-20 --dry-run",
    "transfer accept": "The members were taken in: a transfer within the county moves the membership, one to outside ends it.",
    "transfer accept.examples": "leaguectl transfer accept 3 4 5 --on 2023-09-10",
    "transfer refuse": "Transfers were refused; the members stay where they are. Needs --reason.",
    "transfer refuse.examples": "leaguectl transfer refuse 3 --reason 接收单位无团组织",
    "transfer lapse": "Requests to other systems that nobody handled within the policy's days lapse; the members stay.",
    "transfer lapse.examples": "leaguectl transfer lapse 3 --on 2023-09-20",
    "org": "Organisations.",
    "org tree": "The organisations that are there, from the top down, with their members; of an earlier day the tree as it was.",
    "org tree.closed": "Those too that are closed, or not founded yet",
    "org tree.depth": "Down to this depth alone",
    "org tree.examples": "leaguectl org tree --depth 1\n"
    "leaguectl org tree --org 共青团云杉县白桦镇委员会",
    "org show": "One organisation: its place, members and places of the year.",
    "org show.year": "Year of the places shown (default: this year)",
    "org show.examples": "leaguectl org show YS01\nleaguectl org show YS01 -O json",
    "member edit": "Correct name, ID number, phone or politics of a person. Name and ID number need a reason.",
    "member edit.who": "Number, certificate, registry id or name; - reads it from stdin",
    "member edit.name": "The right name",
    "member edit.id_number": "The right ID number; - reads it from stdin",
    "member edit.phone": "Telephone; empty takes it away",
    "member edit.politics": "Politics; empty takes it away",
    "member edit.examples": "leaguectl member edit 17 --phone 13800000001\n"
    'leaguectl member edit 17 --id-number - --reason "card seen" --dry-run',
    "member merge": "Join two records of one person: memberships, numbers, papers, posts and all else of the other come to the one that is kept; the other's ID number stays known as a wrong one. Refused with every conflict where only one of two can be right; undo makes two of it again.",
    "member merge.keep": "Whose record and ID number stay: number, certificate, registry id or name; - reads it from stdin",
    "member merge.other": "Whose record goes, likewise",
    "member merge.examples": 'leaguectl member merge 17 204 --reason "ID number mistyped" --dry-run\n'
    'leaguectl member merge 17 204 --reason "ID number mistyped"',
    "dup": "People who look like one: recorded twice, or two of one name.",
    "dup list": "People who look like one: the same name with the same birth date or phone, or with an ID number in which one digit differs or two neighbours changed places.",
    "dup list.all_": "Also those who were found to be two, with the reason",
    "dup list.examples": "leaguectl dup list\nleaguectl dup list --all -O json",
    "dup ignore": "Keep that two people who look like one are two: they are neither listed nor warned of again.",
    "dup ignore.first": "Number, certificate, registry id or name; - reads it from stdin",
    "dup ignore.second": "The other, likewise",
    "dup ignore.examples": 'leaguectl dup ignore 17 204 --reason "two cards seen"',
    "export": "Rows out again: a sheet that import reads without a change.\n\n"
    "ID numbers and phones are masked, as everywhere; a file that import can read again needs"
    " --reveal --reason TEXT. Without -o the rows go to stdout.",
    "export.kinds": "Kind of sheet, in either language; several, or all, go into one .xlsx",
    "export.examples": "leaguectl export organizations -o organizations.csv\n"
    "leaguectl export admissions --per-organization --year 2023 -o filed --reveal --reason 上报\n"
    'leaguectl export members --org YS01 -o members.xlsx --reveal --reason "roster for the town"\n'
    "leaguectl export all --as-of 2023-12-31 -o county.xlsx",
    "org add": "Found an organisation, by the same checks as a sheet of organisations.",
    "org add.name": "Full name", "org add.type_": "Type: 团委, 团工委, 团总支, 团支部, 毕业班团支部, or in English",
    "org add.parent": "Organisation above", "org add.code": "Code (default: the next of ours)",
    "org add.domain": "学校 or 社会", "org add.sector": "农村, 城市社区, 初中, 普通高中, …",
    "org add.secretary_seats": "Seats of secretaries", "org add.committee_seats": "Seats of the committee",
    "org add.examples": "leaguectl org add 云杉县白桦镇物流园团支部 --type 团支部 --parent YS01 --sector 非公企业 --on 2024-01-10",
    "org rename": "Give an organisation another name; sheets with the former one still mean it.",
    "option.text": "Code, full name, or above/full name",
    "org rename.name": "The new full name",
    "org rename.examples": "leaguectl org rename YS0102 云杉县白桦镇鹰嘴崖社区团支部 --authority 云团发〔2024〕2号",
    "org move": "Put an organisation with all below it under another. Its blocks of numbers stay its own.",
    "org move.examples": "leaguectl org move YS0102 --to YS02 --on 2024-01-10 --authority 云团发〔2024〕2号",
    "org close": "Close an organisation (撤销): members go on elsewhere, posts end, papers under way go on from there. Refused while unused places or organisations lie below it.",
    "org close.members_to": "Organisation in which its members go on",
    "org close.examples": "leaguectl org close YS0102 --members-to YS0103 --on 2024-01-10 --dry-run",
    "org merge": "Close an organisation and carry on its members, and all that lies below it, in another.",
    "org merge.into": "Organisation that carries it on",
    "org merge.examples": "leaguectl org merge YS0102 --into YS0103 --on 2024-01-10",
    "org split": "Found another organisation of its kind beside one, to which some of its members go.",
    "org split.name": "Full name of the new one", "org split.code": "Code of the new one (default: the next of ours)",
    "org split.member": "Somebody who goes to the new one; may be given several times",
    "org split.examples": "leaguectl org split YS0102 云杉县白桦镇鹰嘴崖村第二团支部 --member 202365004101 --on 2024-01-10",
    "org graduate": "Close the graduating classes of a year in one operation; their members go on in the organisation above, or where --to says.",
    "org graduate.year": "Year in which the classes leave school",
    "org graduate.to": "Organisation in which all of them go on (default: the one above each class)",
    "org graduate.examples": "leaguectl org graduate 2023 --org YS11 --on 2023-12-31 --dry-run",
    "template": "Write the empty form: a sheet for each kind, with drop-downs, notes and an example row that import leaves alone.",
    "template.file": "The workbook to write",
    "template.kinds": "These kinds only; all otherwise",
    "headings.kinds": "These kinds only; all otherwise",
    "headings": "What import recognises: the columns of each kind of sheet and the headings they go by.",
    "template.examples": "leaguectl template -o form.xlsx\nleaguectl template members admissions -o form.xlsx",
    "headings.examples": "leaguectl headings members\nleaguectl headings -O json",
    "import.reply": "Write the sender's own workbook back, with the faulty cells marked",
    "admit.reply": "Write the sender's own workbook back, with the numbers filled in",
    "stats.compare": "Beside the year before, to the same day",
    "stats.as_closed": "As the year was when it was closed",
    "policy": "The county's own numbers and levels of the rules.",
    "policy set": "Lay the county's own policy file over the packaged one: it says only what differs. A misspelt key is refused. An admission is judged by the policy of its day, so date the entries.",
    "policy set.file": "TOML file",
    "policy set.examples": "leaguectl policy set county.toml --dry-run\nleaguectl policy set county.toml --authority 云团发〔2024〕9号",
    "policy show": "The county's own policy file as it is in force.",
    "policy show.examples": "leaguectl policy show > county.toml",
    "plan": "Next year's base: who ages out, graduates or moves on, the ratios, and the places that keep them; with every assumption.",
    "plan.year": "The year to plan",
    "plan.places": "Split so many places over the organisations",
    "plan.examples": "leaguectl plan 2024\nleaguectl plan 2024 --places 300 -O csv",
    "rank": "The organisations by their scores of a year, and the stars of branches.",
    "rank.year": "Calendar year",
    "rank.examples": "leaguectl rank 2023\nleaguectl rank 2023 --org YS01 -O json",
    "year": "Closed years.",
    "year close": "Freeze the figures of a year with their definitions and a SHA-256; later changes are corrections and need a reason.",
    "year close.year": "Calendar year",
    "year close.explain": "Why a figure fell against the year before: KEY=TEXT; given for each",
    "year close.examples": "leaguectl year close 2023 --dry-run\nleaguectl year close 2023 --explain members.total=毕业转出多于发展",
    "year diff": "The figures that changed since a year was closed; silent with 0 where none did.",
    "year diff.year": "Calendar year",
    "year diff.examples": "leaguectl year diff 2023\nleaguectl year diff 2023 -O json",
    "assert": "Record a figure that was reported; check fails when the rows no longer give it.",
    "assert.year": "Calendar year", "assert.figure": "KEY=VALUE",
    "assert.source": "Where it was reported",
    "assert.examples": "leaguectl assert 2023 members.total=5187 --source 2023年团内统计年报",
    "log": "What was written, the newest first.",
    "log.limit": "So many operations alone",
    "log.examples": "leaguectl log --limit 10\nleaguectl log -O json",
    "show": "One operation: who, when, why, from which files, what it replaced.",
    "show.operation": "Number of the operation",
    "show.examples": "leaguectl show 3\nleaguectl show 3 -O json",
    "undo": "Undo an operation: everything is as it was before it. Refused where a later one builds on it; an undoing can be undone.",
    "undo.operation": "Number of the operation",
    "undo.examples": "leaguectl undo 3 --dry-run\nleaguectl undo 3 --reason 文件发错",
    "upgrade": "Bring a registry that an older version made to the present schema.",
    "upgrade.examples": "leaguectl upgrade",
    "config": "How this program is set up.",
    "config show": "Each setting, its value and where it comes from.",
    "config show.examples": "leaguectl config show",
    "case": "Candidates on their way through the fifteen steps, from application to file.",
    "case open": "Open the case of somebody who applied, with what is known so far.",
    "case open.name": "Name", "case open.id_number": "National ID number; - reads it from stdin",
    "case open.organization": "Branch: code or full name", "case open.phone": "Telephone",
    "case open.applied": "Day of the application", "case open.talked": "Day of the talk",
    "case open.activist": "Day of becoming an activist",
    "case open.contact": "Who accompanies the candidate; may be given twice",
    "case open.course_hours": "Hours of League courses so far",
    "case open.service_hours": "Hours of voluntary service so far",
    "case open.candidate": "Day of becoming a candidate",
    "case open.route": "推优入团, 积分入团 or 评议入团",
    "case open.examples": "leaguectl case open --name 古丽娜 --id-number 658899200903010016 --org 高一（1）班团支部 --applied 2023-09-10",
    "case advance": "Record the next steps of a case; what is known already is changed only with --reason. The rules of admission are asked as far as they can be.",
    "case advance.who": "Full name, ID number or registry id; - reads it from stdin",
    "case advance.organization": "Another branch, to which the candidate moved; needs --reason",
    "case advance.phone": "Telephone",
    "case advance.applied": "Day of the application", "case advance.talked": "Day of the talk",
    "case advance.activist": "Day of becoming an activist",
    "case advance.contact": "Who accompanies the candidate; may be given twice",
    "case advance.course_hours": "Hours of League courses so far",
    "case advance.service_hours": "Hours of voluntary service so far",
    "case advance.candidate": "Day of becoming a candidate",
    "case advance.reviewed": "Day of the review by the committee above",
    "case advance.notice_from": "First day of the notice",
    "case advance.notice_to": "Last day of the notice",
    "case advance.introducer": "Introducer; given twice",
    "case advance.form_given": "Day on which the form was handed out",
    "case advance.meeting": "Day of the branch meeting",
    "case advance.due": "Members due at the meeting",
    "case advance.present": "Members present", "case advance.in_favour": "Votes in favour",
    "case advance.approved": "Day of the approval",
    "case advance.approved_by": "Committee that approved",
    "case advance.told": "Day on which the answer was told", "case advance.oath": "Day of the oath",
    "case advance.filed": "Day on which the file was closed",
    "case advance.route": "推优入团, 积分入团 or 评议入团",
    "case advance.examples": "leaguectl case advance 古丽娜 --talked 2023-09-20 --activist 2023-10-08\n"
    "leaguectl case advance 古丽娜 --talked 2023-09-21 --reason 谈话记录",
    "case show": "One case: the fifteen steps, what is missing, and the days that the open ones may bear.",
    "case show.who": "Full name, ID number or registry id; - reads it from stdin",
    "case show.examples": "leaguectl case show 古丽娜\nleaguectl case show 古丽娜 -O json",
    "case list": "The open cases: how far each is and what comes next.",
    "case list.stage": "Those at this stage alone: applicant, activist, candidate, passed, admitted, refused, withdrawn; may be given several times",
    "case list.ended": "Also those that ended",
    "case list.examples": "leaguectl case list\nleaguectl case list --stage 积极分子 --org YS01 -O csv",
    "case close": "Close a case that does not end in an admission.",
    "case close.who": "Full name, ID number or registry id; - reads it from stdin",
    "case close.refused": "The branch or the committee refused",
    "case close.withdrawn": "The candidate withdrew",
    "case close.on": "Day of the end (default: today)",
    "case close.examples": "leaguectl case close 古丽娜 --withdrawn --reason 转学到外县\n"
    "leaguectl case close 古丽娜 --refused --on 2024-04-10 --reason 未获半数赞成",
    "admit.case": "Take what is left out from the case of this candidate",
    "import.org": "Branch of the rows that name none",
    "due": "What falls due within some days, and what is overdue: steps and approvals, forms, unused numbers, 28th birthdays, papers on their way, elections, empty seats, tasks.\n\n"
    "-o FILE.ics writes it as a calendar, with names and organisations and no ID numbers.",
    "due.within": "So many days from today (30)",
    "due.kind": "This kind alone: talk, step, approval, form, numbers, dispute, age, transfer, graduates, probation, registration, election, post, secretary, task; may be given several times",
    "due.examples": "leaguectl due --within 90\nleaguectl due --org YS01 -O json\nleaguectl due --kind age --within 365 -o due.ics",
    "post": "Cadres: the posts they hold, and the seats that nobody holds.",
    "post list": "Who holds which post on a day, who is to hold one, and each empty seat.",
    "post list.empty": "The empty seats alone",
    "post list.past": "Terms that ended before too",
    "post list.examples": "leaguectl post list --empty\nleaguectl post list --org YS01 --as-of 2023-12-31",
    "post appoint": "Record that somebody holds a post from a day; a successor may be dated ahead.",
    "post appoint.text": "Organisation: code or full name",
    "post appoint.post": "The post: 书记, 副书记, 组织委员 …",
    "post appoint.name": "Name",
    "post appoint.id_number": "National ID number; - reads it from stdin. A name alone is a member where one bears it",
    "post appoint.since": "First day of the term",
    "post appoint.until": "Day on which it ends, if it is known",
    "post appoint.basis": "专职 full-time, 兼职 part-time or 挂职 seconded",
    "post appoint.source": "Where the holder came from, such as 西部计划志愿者",
    "post appoint.off_duty": "The holder is not on duty",
    "post appoint.examples": "leaguectl post appoint YS0102 书记 --name 张示范 --from 2024-03-01\n"
    "leaguectl post appoint YS01 副书记 --name 李示范 --id-number - --from 2024-07-25 --basis 兼职",
    "post end": "End a term: the day is the first without the holder. One that ended already is corrected with --reason.",
    "post end.number": "Number of the term, as post list shows it",
    "post end.day": "The day; today if it is not given",
    "post end.examples": "leaguectl post end 12 --on 2024-03-01\n"
    "leaguectl post end 12 --on 2024-02-15 --reason 任免文件更正",
    "training": "Trainings of cadres.",
    "training list": "The sessions of a year and how many attended each.",
    "training list.year": "Calendar year (default: this year)",
    "training list.category": "One category alone: 岗位大练兵, 基础团务培训, 青马工程, 其他",
    "training list.examples": "leaguectl training list --year 2023\n"
    "leaguectl training list --year 2023 --category 岗位大练兵",
    "training missing": "Cadres in post who attended no training of the year.",
    "training missing.year": "Calendar year (default: this year)",
    "training missing.examples": "leaguectl training missing --year 2023 --org YS01",
    "activity": "Activities of the League.",
    "activity list": "The activities of a year, whom they covered and how many came.",
    "activity list.year": "Calendar year (default: this year)",
    "activity list.category": "One category alone: 主题团日, 团课, 座谈会 …",
    "activity list.examples": "leaguectl activity list --year 2023 --category 座谈会\n"
    "leaguectl activity list --year 2023 --org YS11 -O csv",
    "activity due": "What branches still owe of 三会两制一课: the months and quarters without a meeting that covered them.",
    "activity due.year": "Calendar year (default: this year)",
    "activity due.examples": "leaguectl activity due --year 2023 --org YS11",
    "survey": "Surveys of students and young people.",
    "survey show": "What was counted in a year, beside the members of the rows, their ratio and its cap.",
    "survey show.year": "Calendar year",
    "survey show.examples": "leaguectl survey show 2023",
    "task": "The plan of the reform.",
    "task list": "Its tasks: done, open, or overdue.",
    "task list.module": "One module alone",
    "task list.examples": "leaguectl task list\nleaguectl task list --module 培育 -O md",
    "export.per_organization": "The lists that are filed with the county, one for each committee, into the folder of -o: numbers, names, units and dates, with a line for seal and signature (admissions alone)",
    "export.year": "Year of those lists (default: this year)",
}  # fmt: skip
