"""English: what is wrong and what to do about it, by code; and the lines that a command says."""

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
    "declined": ("declined: nothing was written", ""),
    "confirmation-needed": (
        "this is only done after a yes, and there is no terminal to ask in",
        "--yes says it",
    ),
    "confirmation-needed/people": (
        "this touches {people} {people|person|people} and is only done after a yes; there is no terminal to ask in",
        "--yes says it",
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
"""Findings and errors: the message and the remedy."""

LINES = {
    "comma": ", ",
    "yes": "yes",
    "no": "no",
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
    "check-counts": "{error} {error|error|errors}, {warning} {warning|warning|warnings}",
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
    "plan-ageing": "who turns {age} by the end of {year} and holds no post leaves",
    "plan-party-stays": "members of the Party stay whatever their age",
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
    "confirm": "Go on? [y/N]",
    "confirm-people": "This touches {people} {people|person|people}. Go on? [y/N]",
    "confirm-yes": "y yes",
    "verbose-registry": "registry: {db} (from {origin})",
    "verbose-today": "today: {day} (from {origin})",
    "verbose-took": "took {seconds} s as {actor}",
    "packets-masked": "personal values are masked; for the lists that are filed: --reveal --reason TEXT",
}
"""Lines for people, most of them on stderr, and the fixed words of an answer."""
