"""English: what is wrong and what to do about it, by code; and the lines that a command says."""

CODES = {
    # cells
    "cell-missing": ("{field} is empty", "fill it in"),
    "cell-error": (
        "this cell shows {shown}: its formula failed",
        "type the value itself into the cell",
    ),
    "cell-no-value": (
        "this formula was never calculated, so the cell has no value",
        "open the file in a spreadsheet program and save it, or type the value into the cell",
    ),
    "cell-digits-lost": (
        "this number was stored as a quantity, so its last digits are lost",
        "format the column as text and type the number again from the paper",
    ),
    "name-not-a-name": ("“{text}” is not a name", "enter the person's name and nothing else"),
    "id-number-cell": (
        "the ID number was stored as a quantity; its last digits are lost and cannot be restored",
        "format the column as text and type the number again from the ID card",
    ),
    "id-15-digits": (
        "this ID number has 15 digits, and its century is not sure",
        "enter the 18-digit number from the current ID card, or the birth date in its own column",
    ),
    "id-15-digits/no_date": (
        "this ID number has 15 digits, and digits 7 to 12 are not a date: some digits may be missing",
        "enter the 18-digit number from the current ID card",
    ),
    "id-15-digits/differs": (
        "this ID number has 15 digits; read as an old one it gives the birth date {says}, but the column has {differs}",
        "enter the 18-digit number from the current ID card",
    ),
    "id-extended": (
        "an old 15-digit ID number was converted to 18 digits: 19 was put before the year and check digit {check} added",
        "compare it with the current ID card; the sheet may keep the old number",
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
        "the ID number begins with {province}, which is not the code of a province",
        "compare it with the ID card",
    ),
    "id-birth-date": (
        "digits 7 to 14 of the ID number are not a date",
        "compare it with the ID card",
    ),
    "id-check-digit": (
        "the check digit of the ID number is wrong, so at least one digit is wrong",
        "compare it with the ID card",
    ),
    "phone-not-a-phone": (
        "this is not a telephone number",
        "enter eleven digits, or leave the cell empty",
    ),
    "serial-not-a-serial": ("“{text}” is not a serial", "enter only its digits and letters"),
    "number-not-digits": (
        "“{text}” is not a development number",
        "enter only the digits from the upper right corner of the form",
    ),
    "day-not-a-day": ("“{text}” is not a date", "write it as 2023-05-04"),
    "day-month-only": (
        "“{text}” is a month; each step of an admission needs its day",
        "enter year, month and day",
    ),
    "hours-not-hours": ("“{text}” is not a number of hours", "enter a number such as 8 or 8.5"),
    "count-not-a-count": ("“{text}” is not a whole number", "enter digits only"),
    "year-not-a-year": ("“{text}” is not a year", "enter four digits, such as 2023"),
    "text-too-long": ("this text has {length} characters; the limit is {longest}", "shorten it"),
    "choice-unknown": ("“{text}” is not one of the known values", "use one of: {known}"),
    # sheets
    "heading-twice": (
        "two columns hold {field}: “{first}” and “{second}”",
        "delete or rename one of them",
    ),
    "heading-missing": (
        "this looks like a sheet of {kind}, but it has no column for: {missing}",
        "add the columns (or --org if all rows belong to one organisation); or say with --kind what the sheet is, or with --sheet which sheets to read",
    ),
    "sheet-not-there": ("there is no sheet “{sheet}”", "the sheets are: {sheets}"),
    "file-says-nothing": (
        "no sheet of this file has headings that import recognises",
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
    "file-not-a-table": ("the file is not a table", "save it as .xlsx or .csv"),
    "file-not-a-table/detail": ("the file is not a table: {detail}", "save it as .xlsx or .csv"),
    "file-too-large": (
        "the file would unpack to more than the limit ({detail})",
        "copy the filled cells into a new workbook and save it as .xlsx",
    ),
    "file-crashes-reader": (
        "the file makes the reader crash ({detail})",
        "open it in a spreadsheet program and save it as .xlsx",
    ),
    "file-old-workbook": (
        "the file is a workbook in a format older than Excel 97, or its container is missing",
        "open it in a spreadsheet program and save it as .xlsx",
    ),
    "file-with-entities": (
        "{part} of the file defines XML entities, which no workbook needs",
        "ask the sender, or copy the cells into a new workbook",
    ),
    "file-part-twice": (
        "the file contains {part} twice, and programs differ on which one they show",
        "save it again as .xlsx",
    ),
    "file-far-cell": (
        "the filled cell {cell} is far outside any table",
        "clear it, or copy the table into a new workbook",
    ),
    "file-far-cell/sheet": (
        "the filled cell {cell} of {sheet} is far outside any table",
        "clear it, or copy the table into a new workbook",
    ),
    "file-without-sheets": ("the file has no sheets", "save it again as .xlsx"),
    "file-encrypted": (
        "the file is protected by a password",
        "remove the password in a spreadsheet program and save the file",
    ),
    # plans
    "row-repeated": ("{sheet} row {row} has the same entry already", "delete one of the two rows"),
    "organization-unknown": (
        "no organisation is called “{name}”",
        "correct the name, or import the organisation first",
    ),
    "organization-unknown/near": (
        "no organisation is called “{name}”; similar: {near}",
        "correct the name, or import the organisation first, or use --create-organizations",
    ),
    "organization-made": (
        "“{name}” did not exist and is created below “{parent}”",
        "correct its type and code later by importing it",
    ),
    "organization-ambiguous": (
        "several organisations are called “{name}”: {candidates}",
        "give the code, or “parent/full name”",
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
        "“{name}” exists already, with the code {known}",
        "correct the code or the name; two organisations with one name cannot have the same parent",
    ),
    "organization-dissolved": (
        "“{name}” was dissolved on {dissolved}",
        "give the organisation that took over its members",
    ),
    "dissolved-before-founded": (
        "dissolved on {dissolved}, before it was founded on {founded}",
        "correct the dates",
    ),
    "organization-circle": (
        "“{parent}” is below “{name}”, so it cannot be its parent",
        "correct the parent organisation",
    ),
    "parent-is-branch": (
        "“{parent}” is a branch, and a branch has no organisations below it",
        "correct the parent organisation, or its type",
    ),
    "born-differs": (
        "by the ID number the birth date is {known}, but the column has {said}",
        "compare both with the ID card",
    ),
    "sex-differs": (
        "by the ID number the sex is {known}, but the column has {said}",
        "compare both with the ID card",
    ),
    "id-other-name": (
        "this ID number belongs to {known} in the registry, but the name here is {name}",
        "compare both with the ID card; people are identified by the number",
    ),
    "id-merged": (
        "this ID number is a former, wrong number of {known}; the right one is {right}",
        "correct it in the sheet",
    ),
    "person-alike": (
        "{name} has the same name and birth date as {known}, whose ID number is {other}",
        "compare the ID cards (leaguectl dup list shows both); for one person: member merge, for two: dup ignore",
    ),
    "id-taken": (
        "this ID number belongs to {known}",
        "compare the ID cards; if it is one person: leaguectl member merge {person} {other}",
    ),
    "rule-broken-by": (
        "this change would break the rule {rule}",
        "leaguectl explain {rule}; first correct what it asks for",
    ),
    "merge-apart": (
        "these were recorded as two different people: {reason}",
        "if that decision was wrong, undo it first: leaguectl log",
    ),
    "merge-number": (
        "both have a number: {number} and {other}",
        "a person has one number: compare the forms; then free the wrong one: leaguectl number void {other}",
    ),
    "merge-admission": (
        "both were admitted, on {meeting} and on {other}",
        "nobody is admitted twice: compare the papers, then undo the wrong admission: leaguectl log",
    ),
    "merge-paper": (
        "both have a valid {noun}: {own} and {other}",
        "only one can be right: compare the papers, and end the wrong one first",
    ),
    "merge-membership": (
        "a member of {own} and of {other} at the same time",
        "a member belongs to one branch: correct the days, or end the wrong membership first: leaguectl member leave",
    ),
    "merge-ended": (
        "in one of the records the membership in {organization} ended on {left}; it is taken as ended",
        "if the other record is right, undo the merge: leaguectl log",
    ),
    "merge-paper/certificate": (
        "both have a valid certificate: {own} and {other}",
        "only one can be right: compare them, then leaguectl certificate recall {other}",
    ),
    "merge-differs": (
        "the two records differ in {noun} {what}",
        "compare the papers, then correct or undo the wrong one",
    ),
    "merge-dispute": (
        "these two people dispute the number {number}",
        "settle that first: leaguectl number settle {number}",
    ),
    "places-none": ("a quota needs at least one place", "leave the row out"),
    "block-digits": ("a block's numbers have {digits} digits; this is “{number}”", "correct it"),
    "block-year": (
        "the numbers of a block of {year} begin with {year}; this is {number}",
        "correct it",
    ),
    "block-size": (
        "the block {block} has {size} numbers, but the quota has {places} places",
        "each place needs one number: correct the places or the block",
    ),
    "block-province": (
        "digits 5 and 6 of {number} are not the code of this province, {province}",
        "compare with the document that allotted the block",
    ),
    "block-outside": (
        "the block {block} is not within the blocks of {above}: {blocks}",
        "give a part of those blocks",
    ),
    "block-missing": (
        "no organisation above “{organization}” has a block of {year} to take numbers from",
        "give the first and last number of a block of its own",
    ),
    "block-overlaps": (
        "the block {block} overlaps {other}, which belongs to {owner}",
        "compare with the document that allotted the block",
    ),
    "block-in-use": (
        "the number {number} of the block {block} is used by the organisation above",
        "give a block of free numbers: leaguectl quota show",
    ),
    "quota-differs": (
        "{known} places are allotted already, but here it says {places}",
        "to change it: leaguectl quota set YEAR ORG PLACES; or give a further block with its first and last number and document",
    ),
    "quota-above-exceeded": (
        "{places} places are more than {above} has left ({left} left)",
        "lower the places, or first raise the quota above: leaguectl quota set",
    ),
    "block-too-large": (
        "{places} places in one block; the limit is {most}",
        "correct the places; the limit is in the policy ([[quota]] block_places)",
    ),
    "quota-in-use": (
        "{organization} can give {can} of {places} places: of {held} are {used} used, {void} void, {below} given to organisations below",
        "give {can}, or first take places back from below: leaguectl quota move",
    ),
    "quota-none": (
        "{organization} has no quota of {year}",
        "leaguectl quota show {year}",
    ),
    "quota-not-common": (
        "no organisation above both {source} and {target} has a quota of {year}",
        "return and allot the places one by one: leaguectl quota set",
    ),
    "quota-move-nothing": (
        "moving places needs two organisations and a number of places",
        "name two organisations and at least one place",
    ),
    "number-not-ours": (
        "the number {number} is in none of our blocks, so it is taken as given elsewhere",
        "compare it with the form if the member was admitted here",
    ),
    "left-differs": (
        "the registry has left on {known}, but this row has {said}",
        "correct one of them",
    ),
    "left-before-joined": ("left on {left}, before joining on {joined}", "correct the dates"),
    "home-corrected": (
        "“{known}” is corrected to “{said}” for the whole membership",
        "to record a move with its day: leaguectl member transfer",
    ),
    "member-moved-on": (
        "moved from “{said}” on {since} and belongs to “{known}” now, which is kept",
        "leave the row out; or move the member again: leaguectl member transfer",
    ),
    "left-missing": ("there is a reason for leaving, but no day", "enter the day"),
    "joined-differs": (
        "the registry has joined on {known}, but this row has {said}",
        "correct one of them",
    ),
    "number-absent": (
        "an imported admission has happened already, so it needs its number",
        "to have a number given: leaguectl admit FILE",
    ),
    "form-absent": ("an admission needs a form", "have the form filled in first"),
    # plans: what the county does
    "stored-differs": (
        "the registry has {known}, but this row has {said}",
        "compare both with the paper; correct the row, or import it with --reason TEXT",
    ),
    "stored-differs/corrected": (
        "the registry had {known}; {said} replaces it, for the reason given",
        "leaguectl log shows the reason",
    ),
    "term-reversed": (
        "the term ends on {until}, before it begins on {since}",
        "correct the dates",
    ),
    "term-ended-with-organization": (
        "“{name}” was dissolved on {dissolved}, and the post is taken to have ended with it",
        "give the day on which it ended, if that was an earlier one",
    ),
    "term-outlives-organization": (
        "the term ends on {until}, but “{name}” was dissolved on {dissolved}",
        "correct the day: a post ends with its organisation at the latest",
    ),
    "term-overlaps": (
        "the same person has held this post since {since} already",
        "enter the same first day to complete that term, or end it first",
    ),
    "term-overlaps/until": (
        "the same person held this post from {since} to {until}, which overlaps this term",
        "enter the same first day to complete that term, or correct the dates",
    ),
    "post-other-person": (
        "this term is stored for another person called {name}",
        "compare both ID numbers; enter the ID numbers in the rows of two people with one name",
    ),
    "trainee-nameless": (
        "there is an ID number without a name",
        "enter the name, or leave both empty to record the session alone",
    ),
    "score-above-full": ("{score} marks where {full} are the full marks", "correct the marks"),
    "full-none": ("the full marks must be more than zero", "correct them, or leave the cell empty"),
    "survey-empty": (
        "students, young people and members are all empty",
        "enter at least one of the three, or leave the row out",
    ),
    "marks-not-marks": ("“{text}” is not a number of marks", "enter a number such as 18 or 18.5"),
    # lives: transfers, leaving, discipline
    "day-ahead": (
        "{day} is in the future; today is {today}",
        "record it after it has happened: --on DAY",
    ),
    "organization-not-yet": ("“{name}” was founded on {founded}", "correct the day: --on DAY"),
    "member-not-now": (
        "is not a member now",
        "leaguectl member show has the history; leaguectl member restore restores a membership",
    ),
    "member-not-now/left": (
        "has not been a member since {left}",
        "leaguectl member show has the history; leaguectl member restore restores a membership",
    ),
    "member-now": (
        "is a member already, in “{organization}”",
        "leaguectl member transfer --to ORG",
    ),
    "day-before-membership": (
        "{day} is before {begun}, when this membership began",
        "correct the day: --on DAY",
    ),
    "day-before-leaving": (
        "{day} is before {left}, the day of leaving",
        "correct the day: --on DAY",
    ),
    "transfer-nowhere": ("belongs to “{organization}” already", "give another --to"),
    "transfer-pending": (
        "transfer {id} has been pending since {requested}",
        "settle it first: leaguectl transfer accept {id}, or transfer refuse {id}",
    ),
    "transfer-under-way": (
        "has a pending transfer, which is kept",
        "leaguectl transfer list --state pending",
    ),
    "transfer-late": (
        "requested on {day}; the season's transfers must be started by {deadline}",
        "make sure that they are finished in time: leaguectl transfer list --overdue",
    ),
    "transfer-not-found": ("there is no transfer {id}", "leaguectl transfer list"),
    "transfer-settled": (
        "transfer {id} is settled already: {state} on {settled}",
        "leaguectl transfer list --state pending",
    ),
    "transfer-before-request": (
        "{day} is before {requested}, when the transfer was requested",
        "correct the day: --on DAY",
    ),
    "transfer-within": (
        "transfer {id} is between two organisations of this registry and does not lapse",
        "leaguectl transfer refuse {id} --reason TEXT",
    ),
    "transfer-not-lapsed": (
        "transfer {id} may be handled until {last}",
        "wait, or leaguectl transfer refuse {id} --reason TEXT",
    ),
    "transfer-elsewhere": (
        "transfer {id} is from “{source}”, but the member belongs to “{organization}” now",
        "leaguectl transfer refuse {id} --reason TEXT, then request it again",
    ),
    "transfer-leaves-post": (
        "is {post} of “{organization}” and is moving elsewhere",
        "end the post: leaguectl post end",
    ),
    "member-never": ("was never a member in this registry", "import or admit the person first"),
    "document-missing": ("a document is required", "name it: --authority DOC"),
    "approval-missing": (
        "this needs approval from above ({allowed})",
        "say who approved it: --approved-by ORG, or the name of an organisation outside this registry",
    ),
    "approval-not-theirs": (
        "“{approver}” cannot approve this; {allowed} can",
        "leaguectl org show lists the organisations above; the policy names who is authorised",
    ),
    "not-of-age": (
        "is {age} years old on {day}; members leave by age at {limit}",
        "leaguectl member aging lists who turns {limit} when",
    ),
    "party-member-stays": (
        "is a Party member, and Party members stay under the policy",
        "the policy's party_members_stay decides this",
    ),
    "leaves-post": (
        "holds a post: {post} of “{organization}”",
        "members with a post do not leave by age; otherwise end the post: leaguectl post end",
    ),
    "restore-not": (
        "left on {left} ({reason}), which cannot be restored",
        "for somebody who comes back from outside: leaguectl member transfer --from-outside PLACE --to ORG",
    ),
    "discipline-in-force": (
        "{kind} has been in force since {since} already",
        "leaguectl member discipline --lift ends it",
    ),
    "discipline-none": (
        "no {kind} is in force on {day}",
        "leaguectl member show lists all measures",
    ),
    "discipline-no-end": ("{kind} has no end date of its own", "leave --until out; --lift ends it"),
    "discipline-no-post": ("does not hold a post", "compare with the document"),
    "probation-months": (
        "a probation since {since} ends on one of: {ends}",
        "give one of them with --until",
    ),
    "expulsion-stays": ("an expulsion cannot be lifted", "leaguectl member restore"),
    "milestone-known": ("{kind} is recorded already: {day}", "--remove deletes it"),
    "milestone-person": (
        "nobody with this ID number is in the registry: {name}",
        "import the roster with the member first, or correct the number",
    ),
    "milestone-bearer": (
        "{organization} does not have exactly one member called {name}",
        "add a column with the ID number, or name the branch itself instead of an organisation above it",
    ),
    "milestone-none": ("{kind} is not recorded", "leaguectl member show lists what is recorded"),
    "milestone-order": (
        "{late} ({second}) is before {early} ({first})",
        "compare the dates with the papers",
    ),
    "leave-aged-alone": (
        "--aged is for all members of age",
        "leave out the person and other reasons",
    ),
    "leave-who-why": (
        "the person or the reason for leaving is missing",
        "give the person and --reason-kind, or --aged for all members of age",
    ),
    "lift-alone": ("--lift ends a measure on one day", "give only --on DAY"),
    "since-needed": ("the first day is missing", "give --since DAY"),
    # tree: organisations over time
    "parent-not-allowed": (
        "a {type} cannot be below “{parent}” ({above})",
        "it can be below one of these: {allowed}",
    ),
    "organization-moved-on": (
        "has been below “{known}” since {day}, no longer below “{said}”; this is kept",
        "correct the sheet; to move it again: leaguectl org move",
    ),
    "organization-renamed": (
        "is called “{known}” now, which is kept",
        "correct the sheet; to rename it again: leaguectl org rename",
    ),
    "organization-named-so": ("has this name already", "give another name"),
    "organization-there": ("is below “{parent}” already", "give another --to"),
    "organization-there-already": ("exists already with these properties", "leaguectl org show"),
    "organization-has-below": (
        "{count} {count|organisation is|organisations are} below it: {names}",
        "close or move them first; or leaguectl org merge",
    ),
    "organization-has-members": (
        "it still has {count} {count|member|members}",
        "say where they go: --members-to ORG",
    ),
    "organization-has-cases": (
        "it still has {count} {count|candidate with an open case|candidates with open cases}",
        "say where they go: --members-to ORG",
    ),
    "organization-to-itself": (
        "its members cannot be moved to itself",
        "give another organisation",
    ),
    "organization-has-places": (
        "it has {left} unused {left|place|places} of {year}",
        "return them first: leaguectl quota move {year} {code} {above} {left}",
    ),
    "member-not-here": ("is not a member of “{organization}”", "leaguectl member show"),
    "name-empty": ("the name is empty", "give the full name"),
    "registered-early": (
        "{day} is before {year}",
        "the registration of a year begins in its autumn: --on DAY",
    ),
    "transfer-goes-where": (
        "a transfer needs exactly one target",
        "give --to ORG for an organisation of this registry, or --to-outside PLACE",
    ),
    "transfer-comes-where": (
        "a member who comes from outside needs an organisation in this registry",
        "give --to ORG together with --from-outside PLACE",
    ),
    "reason-needed": ("this needs a reason, which is recorded", "add --reason TEXT"),
    # rules: entry
    "one-number": (
        "the number {number} belongs to {holder} already",
        "compare both forms; while it is not clear whose it is: leaguectl number dispute {number} --claim NAME",
    ),
    "one-number/void": (
        "the number {number} was made void: {void}",
        "a void number is never used again; take the next one",
    ),
    "one-number/has": (
        "{person} has the number {has} already, but here it says {number}",
        "a person has one number: compare with the form",
    ),
    "one-form": (
        "the form {form} belongs to {holder} already",
        "compare both forms",
    ),
    "one-form/has": (
        "{person} has the form {has} already, but here it says {form}",
        "a person has one form: compare with the papers",
    ),
    "one-certificate": (
        "the certificate {certificate} belongs to {holder} already",
        "compare both certificates",
    ),
    "one-certificate/has": (
        "{person} has the certificate {has} already, but here it says {certificate}",
        "a person has one certificate: compare with the papers",
    ),
    "certificate-format": (
        "the certificate {certificate} does not have the number of digits of the local scheme: {digits}",
        "compare it with the certificate; the scheme is in the policy ([[certificate]] digits)",
    ),
    "number-format": (
        "the number {number} has {has_digits} digits; numbers of its year have {digits}",
        "copy it again from the form",
    ),
    "number-year": (
        "the number {number} does not begin with the year of joining ({joined}): {years}",
        "compare number and date with the form",
    ),
    "number-missing": (
        "joined on {joined}; every member who joined since {since} has a number",
        "copy it from the upper right corner of the form",
    ),
    "age-at-joining": (
        "{age} years old when joining on {joined}; the age must be {minimum} to {maximum}",
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
        "the number {number} is not in a block of this organisation",
        "take a number of its blocks, {blocks}, or import the quota that has this one",
    ),
    "number-in-block/no_quota": (
        "the number {number} is not in a block of this organisation, which has no quota of"
        " {no_quota}",
        "import the quota of its year first",
    ),
    "number-in-block/owner": (
        "the number {number} belongs to a block of {owner}",
        "take a number of the organisation's own blocks: {blocks}",
    ),
    "certificate-given": (
        "no certificate is recorded for {person}",
        "import the case again with its certificate",
    ),
    "place-left": (
        "neither this organisation nor any above it has a quota for {year}",
        "import the quotas of {year} first",
    ),
    "place-left/used": (
        "the quota of {holder} for {year} is exhausted: {places} places, {used} used, {void} void, {below} allotted below",
        "ask the level above for more places; if its document allows it, use a free place above: --reason TEXT --authority DOCUMENT",
    ),
    "age-at-application": (
        "{age} years old when applying on {applied}; the age must be {minimum} to {maximum}",
        "compare the birth date with the ID card; somebody too young may apply later",
    ),
    "dates-in-order": (
        "{late} ({second}) is before {early} ({first})",
        "compare the dates with the papers",
    ),
    "dates-tied": (
        "{early} and {late} are on the same day ({day})",
        "reviewers expect at least one day between the steps",
    ),
    "talk-within-a-month": (
        "the talk on {talked} was more than {limit} days after the application on {applied}",
        "compare the dates with the papers",
    ),
    "activist-months": (
        "activist since {activist}, branch meeting on {meeting}: less than {months} months",
        "the meeting may be held on {earliest} at the earliest",
    ),
    "course-hours": (
        "{hours} course hours; the minimum is {minimum}",
        "complete the missing hours first",
    ),
    "service-hours": (
        "{hours} hours of voluntary service; the minimum is {minimum}",
        "compare with the record of service",
    ),
    "two-introducers": (
        "both introducers are {introducer}",
        "a candidate needs two different introducers",
    ),
    "quorum": (
        "{present} of {due} members due were present; more than half must be",
        "compare with the minutes; without a quorum the meeting must be held again",
    ),
    "majority-of-present": (
        "{in_favour} votes in favour of {present} present; more than half must be",
        "compare with the minutes; without a majority the candidate is not admitted",
    ),
    "majority-of-due": (
        "{in_favour} votes in favour of {due} members due; more than half should be",
        "compare with the minutes",
    ),
    "approval-within-days": (
        "approved on {approved}, more than {limit} days after the meeting on {meeting}",
        "compare the dates with the papers",
    ),
    # rules: standing
    "chain-closed": (
        "person, number, form and certificate do not refer to each other; broken: {missing}",
        "compare with the papers; another program changed the registry",
    ),
    "admission-recorded": (
        "admitted on {joined}, but the record of the admission is gone",
        "another program changed the registry; restore the last backup",
    ),
    "organization-placed": (
        "a {type} is below “{parent}”, a {above}",
        "correct its type, or leaguectl org move",
    ),
    "organization-rooted": (
        "the organisations above it lead to {above}, which does not exist or is below it",
        "another program changed the registry; restore the last backup",
    ),
    "number-has-member": (
        "the number {number} is in use, but its holder is not and was not a member",
        "leaguectl member show {number}",
    ),
    "number-admitted": (
        "the number {number} of our blocks is used by {person} without a recorded admission",
        "import the admission",
    ),
    "number-year-kept": (
        "the number {number} (year {year}) belongs to no block that has it",
        "another program changed the registry; restore the last backup",
    ),
    "number-year-kept/block": (
        "the number {number} (year {year}) does not belong in the block {block} that contains it",
        "another program changed the registry; restore the last backup",
    ),
    "block-adds-up": (
        "the quota has {places} places, its block {block} {size} numbers, the ledger {rows}",
        "another program changed the registry; restore the last backup",
    ),
    "block-within": (
        "the block {block} conflicts with {other}",
        "another program changed the registry; restore the last backup",
    ),
    "member-has-home": (
        "belongs to the organisation {organization}, which does not exist or was dissolved",
        "move the member to another organisation",
    ),
    "joined-by-admission": (
        "joined on {joined}, in a year whose quota is recorded, but without a recorded admission",
        "import the admission",
    ),
    "one-id-number": (
        "more than one person has the ID number {id_number}",
        "compare with the ID cards; another program changed the registry",
    ),
    "serial-distinct": (
        "the serial “{serial}” is not one as it is printed",
        "issue the certificate again with the right serial: leaguectl certificate reissue",
    ),
    "serial-distinct/same": (
        "the serial “{serial}” is “{same}” of {holder}, written otherwise",
        "compare both with the papers; leaguectl certificate reissue gives another serial",
    ),
    "id-number-valid": (
        "the check digit of the ID number {id_number} is wrong",
        "compare it with the ID card",
    ),
    # rules: papers
    "number-disputed": (
        "the number {number} of {holder} is claimed by {claim} as well, since {opened}",
        "compare both forms, then: leaguectl number settle {number} --outcome TEXT",
    ),
    "admitted-beyond-quota": (
        "{organization} admitted over its quota, on a place of {owner}, by {authority}",
        "nothing to correct; it is listed as long as the admission stands",
    ),
    "form-size": (
        "the scan of the form {form} has {megabytes} MB; the limit is {most}",
        "scan it in grey or at a lower resolution, then file it again",
    ),
    "form-pages": (
        "the scan of the form {form} has {pages} pages instead of {wanted}",
        "compare it with the paper, then file it again",
    ),
    # rules: the rest of the book, in its order
    "number-province": (
        "{province}, digits 5 and 6 of the number {number}, is not the code of a province",
        "copy it again from the form; if the code is valid, add it to the policy file",
    ),
    "joined-in-future": (
        "joined on {joined}, which is after today ({today})",
        "compare the date with the form",
    ),
    "age-at-meeting": (
        "{age} years old at the branch meeting on {meeting}; the maximum is {maximum}",
        "somebody too old by then cannot be admitted; compare the dates with the papers",
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
        "compare the date with the papers; enter only what has happened",
    ),
    "steps-recorded": ("{step} is not recorded", "fill it in from the papers"),
    "notice-days": (
        "the notice from {first} to {last} was up for {days} days; the minimum is {minimum}",
        "compare with the notice; if it was too short, post it again",
    ),
    "leaving-soon": (
        "admitted on {meeting}, less than {months} months before the class leaves on {leaves}",
        "ask the school; somebody who leaves soon is admitted at the next school or employer",
    ),
    "admitted-by-branch": (
        "{name} is a {type}; only the meeting of a branch admits candidates",
        "enter the branch that met",
    ),
    "admitted-by-branch/founded": (
        "{name} was founded on {founded}, after the meeting on {meeting}",
        "enter the branch that met, or correct the founding date",
    ),
    "introducer-not-self": (
        "the candidate {introducer} is entered as their own introducer",
        "two other members introduce a candidate",
    ),
    "introducer-member": (
        "no member of {organization} or of its committee has the introducer's name {introducer}",
        "compare with the form; an introducer must be a member on that day",
    ),
    "introducer-in-standing": (
        "{introducer} had been under probation since {since} at the meeting on {meeting}",
        "another member must introduce the candidate",
    ),
    "same-introducers": (
        "evidence: {pair} introduced {count} candidates of this branch in {year}; up to {most} is usual",
        "ask the branch; let different members introduce",
    ),
    "votes-possible": (
        "{more} {many}, but only {fewer} {few}",
        "compare the counts with the minutes",
    ),
    "approval-power": (
        "{approved_by} is a {type}, which cannot approve admissions",
        "enter the committee above that approved; if it was authorised, say so in the policy file",
    ),
    "approval-power/itself": (
        "approved by {approved_by}, the branch that admitted",
        "the committee above approves; enter its name",
    ),
    "approval-power/elsewhere": (
        "approved by {approved_by}, which does not stand above the branch",
        "enter the committee above that approved",
    ),
    "joined-at-meeting": (
        "joined on {joined}, but the branch meeting was on {meeting}",
        "correct the day of joining: it is the day of the meeting",
    ),
    "one-home": (
        "still belonged to {first} when {second} took the member over on {day}",
        "end the first membership on that day",
    ),
    "branch-size": (
        "{members} members on {day}; a branch has {least} to {most}",
        "merge it with another branch, or split it; a county may allow more in the policy file",
    ),
    "branch-emptied": (
        "all its members ({had}) had left by {day}",
        "close the branch, or correct where its members belong",
    ),
    "term-over": (
        "elected on {elected}; the term of {years} years ended on {ended}",
        "hold the election and record its day",
    ),
    "secretary-missing": (
        "posts are recorded, but there is no secretary on {day}",
        "appoint a secretary, or record who it is",
    ),
    "seats-exceeded": (
        "{held} posts held on {seats} seats ({of})",
        "end the posts that are over, or correct the seats",
    ),
    "post-holder-left": (
        "holds the post {post} of {organization}, but left on {left}",
        "end the post on that day",
    ),
    "post-organization-closed": (
        "holds the post {post} of {organization}, which was dissolved on {dissolved}",
        "end the post on that day: leaguectl post end",
    ),
    "over-age": (
        "turned {age} on {turned}, holds no post, and still belongs to {organization}",
        "have the leaving confirmed, or record the post",
    ),
    "form-unfiled": (
        "the scan of the form {form} was due by {until} (approved on {approved})",
        "file it: leaguectl form receive",
    ),
    "certificate-early": (
        "the certificate {certificate} was issued on {issued}, before the approval on {approved}",
        "compare the dates with the papers",
    ),
    "certificate-not-returned": (
        "left on {left}, but the certificate {certificate} is still valid",
        "recall it: leaguectl certificate recall",
    ),
    "numbers-unused": (
        "{free} {free|number|numbers} of {year} {free|is|are} unused and cannot be used after {ends}",
        "use them, return the places, or void them with a reason: leaguectl number void",
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
        "{stage} {year}: {members} members of {people} people, a share of {share}; the limit is {limit}",
        "compare with the survey; plan fewer places for next year",
    ),
    "near-all": (
        "evidence: {members} members of {people} people ({stage} {year}), a share of {share}",
        "ask whether each was admitted by choice and merit; the limit {limit} is set in the policy file",
    ),
    "meeting-crowded": (
        "evidence: {count} people were admitted on {day}; up to {most} is usual",
        "look at the minutes of the meeting",
    ),
    "same-dates": (
        "evidence: {count} people applied on {applied}, became activists on {activist} and were admitted on {meeting}, all on the same days",
        "compare the dates with the applications",
    ),
    "same-votes": (
        "evidence: all {count} candidates of {day} had {in_favour} of {present} votes ({due} due)",
        "look at the minutes: each candidate needs a separate vote",
    ),
    "admissions-bunched": (
        "evidence: {count} of the year's {all} admissions were within {span} (from {first}), a share of {share}",
        "look at the minutes; spread admissions over the year",
    ),
    "numbers-rushed": (
        "evidence: {count} of the year's {all} admissions were approved since {since}, a share of {share}",
        "look at the admissions; plan them over the whole year",
    ),
    "database-broken": (
        "the database reports that it is damaged: {detail}",
        "restore the last backup",
    ),
    # errors: numbers
    "void-needs-reason": (
        "making a number void needs a reason, which is recorded",
        "add --reason TEXT",
    ),
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
        "if this admission never happened, undo it: leaguectl undo {operation}; if somebody else claims the number: leaguectl number dispute {number} --claim NAME",
    ),
    "numbers-not-free": (
        "these numbers are not free: {numbers}",
        "void only the free ones; leaguectl number show N",
    ),
    "dispute-of-nobody": (
        "nobody in this registry holds the number {number}, so there is nothing to dispute",
        "if somebody elsewhere uses it: leaguectl number void {number} --reason TEXT",
    ),
    "dispute-with-himself": (
        "{holder} holds the number {number} already",
        "name the other person who claims it",
    ),
    "dispute-open": (
        "a dispute about the number {number} is open already",
        "settle it first: leaguectl number settle {number} --outcome TEXT",
    ),
    "dispute-not-found": (
        "there is no open dispute about the number {number}",
        "leaguectl number disputes lists the open ones",
    ),
    # errors: papers
    "form-none": ("{person} has no valid form", "import or admit the case first"),
    "form-filed": (
        "a scan of the form {form} was filed on {received} already",
        "to replace it: --reason TEXT",
    ),
    "form-not-found": (
        "no form has the serial “{text}”, and no person with a form matches it",
        "leaguectl member find PART-OF-NAME",
    ),
    "scan-of-another": (
        "the same scan is filed with the form {form} of {holder}",
        "compare both files with the papers",
    ),
    "scan-of-nobody": (
        "the file name does not contain the number of a member",
        "put the development number into the file name, or give one file with --member WHO",
    ),
    "scan-too-large": (
        "{file} is larger than {most} MB",
        "scan it in grey or at a lower resolution; the limit is in the policy ([[form]] megabytes)",
    ),
    "scan-not-a-pdf": ("{file} is not a PDF", "save the scan as a PDF"),
    "scan-encrypted": ("{file} is protected by a password", "save it without a password"),
    "scan-damaged": (
        "the pages of {file} cannot be counted",
        "open it in a PDF program and save it again, or scan it again",
    ),
    "scan-nothing": (
        "there is no PDF file to file",
        "give a PDF file, or a folder that contains some",
    ),
    "scan-one-person": (
        "--member is for a single file",
        "leave it out: each file is filed by the number in its name",
    ),
    "certificate-held": (
        "{person} has the certificate {certificate} already",
        "if it was lost: leaguectl certificate reissue WHO --reason TEXT",
    ),
    "certificate-which": (
        "{person} has no development number that the certificate could take as its serial",
        "give the serial: --serial SERIAL",
    ),
    "certificate-none": ("{person} has no valid certificate", "leaguectl certificate issue WHO"),
    "certificate-not-found": (
        "no certificate has the serial “{text}”, and no person with a certificate matches it",
        "leaguectl member find PART-OF-NAME",
    ),
    "certificate-replaced": (
        "the certificate {certificate} was replaced by a later one",
        "give another --serial",
    ),
    "certificate-kept": (
        "the policy reissues a certificate under its old serial {certificate}",
        "leave --serial out; the setting is in the policy ([[certificate]] reissue)",
    ),
    "certificate-renumbered": (
        "the policy reissues a certificate under a new serial; {certificate} is kept as replaced",
        "add --serial SERIAL; the setting is in the policy ([[certificate]] reissue)",
    ),
    "reissue-needs-reason": ("reissuing a certificate needs a reason", "add --reason TEXT"),
    "recall-needs-document": (
        "recalling a certificate needs a reason and a document",
        "add --reason TEXT --authority DOCUMENT",
    ),
    # errors
    "as-of-before-year": (
        "{day} is before the year {year}",
        "give a day of that year, or ask for the year of that day",
    ),
    "color-unknown": ("there is no colour setting {color}", "use auto, always or never"),
    "ending-unknown": (
        "{file}: no format has the ending {ending}",
        "use .json, .csv, .tsv or .md, or name the format with -O",
    ),
    "policy-not-toml": ("the policy file is not valid TOML: {detail}", "correct it at that line"),
    "policy-not-valid": ("the policy file is not valid: {detail}", "correct these keys"),
    "db-unknown": (
        "{scheme}:// is not a place for a registry",
        "give a path, sqlite:///PATH or postgresql://…",
    ),
    "database-not-ours": (
        "{db} is not a leaguectl registry",
        "give another --db; nothing was changed",
    ),
    "database-newer": (
        "{db} was made by a newer version (schema {found}, this version knows {known})",
        "install the newest leaguectl",
    ),
    "database-older": (
        "{db} was made by an older version (schema {found}, this version uses {known})",
        "leaguectl upgrade",
    ),
    "database-busy": (
        "another program has locked {db}",
        "wait until it has finished, then try again",
    ),
    "database-damaged": ("{db} cannot be read: {detail}", "restore the last backup"),
    "database-nonsense": (
        "the table {table} holds invalid values; another program changed it",
        "leaguectl check names them; restore the last backup",
    ),
    "database-unreadable": ("{db} cannot be opened", "check its permissions"),
    "database-unreachable": (
        "{db} does not answer",
        "check that the server is running and the address is right",
    ),
    "database-unwritable": ("{db} cannot be written {detail}", "check its permissions"),
    "database-full": (
        "there is no space left for {db}; nothing was written",
        "free some space, then try again",
    ),
    "registry-exists": ("{db} exists already", "give another --db"),
    "registry-not-found": (
        "there is no registry at {db}",
        "create one: leaguectl init, or leaguectl import FILE",
    ),
    "database-refuses": ("the database rejects the change: {constraint}", "leaguectl check"),
    "year-closed": (
        "{years} is closed, and this changes its figures: {figures}",
        "a correction needs a reason: --reason TEXT; leaguectl year diff shows it afterwards",
    ),
    "year-closed-already": (
        "{year} is closed already",
        "leaguectl year diff {year}; to open it again, undo the closing",
    ),
    "year-not-closed": ("{year} was not closed", "leaguectl year close {year}"),
    "year-not-over": ("{year} is not over (today is {today})", "close it after its end"),
    "year-unbalanced": (
        "the members of {year} do not balance: opening + admitted + in − out − left = {balance}, but {total} at its end",
        "leaguectl check names the rows that contradict each other",
    ),
    "fall-unexplained": (
        "lower than the year before, without an explanation: {fallen}",
        "--explain KEY=TEXT for each",
    ),
    "explained-unknown": ("there is no figure {key}", "known figures: {known}"),
    "explain-needs-key": (
        "“{text}” does not explain a figure",
        "write KEY=TEXT, such as members.total=graduates moved on",
    ),
    "assert-needs-value": (
        "“{text}” is not a figure with its value",
        "write KEY=VALUE, such as members.total=5187",
    ),
    "as-closed-alone": (
        "--as-closed shows the frozen figures, which exist only for the whole county",
        "leave out --org, --as-of and --compare",
    ),
    "figure-differs": (
        "{key} was reported as {said} ({source}); the rows give {now}",
        "correct the rows, or report the figure again: leaguectl assert",
    ),
    "closing-altered": (
        "the frozen figures of {year} are not the ones that were closed",
        "another program changed them; restore them from a backup",
    ),
    "places-beyond-room": (
        "the caps leave room for {room} places, not for {places}",
        "plan fewer, or set other caps in the county's policy file",
    ),
    "operation-not-found": ("there is no operation {operation}", "leaguectl log lists them"),
    "undo-undone": (
        "operation {operation} was undone already, by operation {by}",
        "to redo it: leaguectl undo {by}",
    ),
    "undo-overtaken": (
        "later operations build on operation {operation}: {later}",
        "undo those first, the newest first",
    ),
    "undo-nothing": ("operation {operation} changed nothing", "leaguectl show {operation}"),
    "registry-changed": (
        "the registry was changed in the meantime ({noun}); nothing was written",
        "run the command again",
    ),
    "file-not-found": ("{file} cannot be opened: {detail}", "check the path"),
    "file-not-written": (
        "{file} cannot be written: {detail}",
        "close it in the other program, or use another -o",
    ),
    "member-not-found": ("no person matches “{text}”", "leaguectl member find PART-OF-NAME"),
    "member-ambiguous": (
        "{count} people match “{text}”: {candidates}",
        "give the id or the number",
    ),
    "organization-not-found": (
        "no organisation is called “{name}”",
        "leaguectl org tree lists all of them",
    ),
    "organization-not-one": (
        "several organisations are called “{name}”: {candidates}",
        "give the code, or “parent/full name”",
    ),
    "rule-not-there": ("there is no rule {rule}", "leaguectl rules lists them all"),
    "rule-not-there/near": (
        "there is no rule {rule}; similar: {near}",
        "leaguectl rules lists them all",
    ),
    "rule-unknown": ("there is no rule {codes}", "leaguectl rules lists them all"),
    "rule-unknown/near": (
        "there is no rule {codes}; similar: {near}",
        "leaguectl rules lists them all",
    ),
    "figure-unknown": ("there is no figure {key}", "known figures: {known}"),
    "format-unknown": ("there is no format {format}", "use one of: {known}"),
    "edit-nothing": (
        "there is nothing to correct",
        "give --name, --id-number, --phone or --politics",
    ),
    "person-same": ("both are the same person", "name two people; leaguectl dup list"),
    "export-several": (
        "several kinds of sheet ({kinds}) need a workbook",
        "give -o FILE.xlsx, or one kind",
    ),
    "export-no-organization": (
        "a row of {kind} does not belong to an organisation",
        "leave --org out",
    ),
    "kind-unknown": ("there is no kind of sheet {kind}", "use one of: {known}"),
    "language-unknown": ("there is no language {language}", "use zh or en"),
    "day-unknown": ("“{text}” is not a date", "write it as 2023-05-04"),
    "province-unknown": ("“{text}” is not a province code", "use two digits, such as 65"),
    "reveal-needs-reason": (
        "--reveal shows personal values and needs a reason, which is recorded",
        "add --reason TEXT",
    ),
    "admit-nothing": (
        "there is nobody to admit",
        "give a FILE, or one candidate with --name, --id-number, --org and the other options",
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
        "there are more than two introducers",
        "give --introducer twice, once for each",
    ),
    "map-unknown": (
        "“{map}” does not map a heading to a field",
        "write HEADING=FIELD; fields: {known}",
    ),
    "import-nothing": ("there is nothing to import", "give one or more files, or --apply PLAN"),
    "import-both": (
        "files and --apply cannot be used together",
        "leave the files out: the plan contains them",
    ),
    "plan-not-a-plan": ("{file} is not a plan", "make one: leaguectl import FILE --plan-out PLAN"),
    "plan-of-another-version": (
        "{file} was made by another version ({found})",
        "make the plan again",
    ),
    "plan-file-changed": (
        "{file} was changed after the plan was made; nothing was written",
        "make the plan again",
    ),
    "reply-not-made": (
        "no reply could be made from {file}",
        "save it as .xlsx in a spreadsheet program",
    ),
    "reply-over-source": ("{file} is the sender's own file", "choose another name for the reply"),
    "reply-without-file": (
        "a reply is a copy of the sender's file",
        "give the FILE, without --apply",
    ),
    "ending-not-xlsx": ("{file} is not the name of a workbook", "use a name that ends in .xlsx"),
    "admit-both": (
        "a FILE and a single candidate's options cannot be used together",
        "use one of them",
    ),
    "config-not-toml": (
        "the config file {file} is not valid TOML: {detail}",
        "correct it at that line",
    ),
    "config-headings": (
        "[headings] of the config file {file} is not a table",
        'write "heading" = "field" under [headings]',
    ),
    "config-unknown": ("the config file {file} has unknown keys: {keys}", "known keys: {known}"),
    "limit-unknown": (
        "the config file {file} sets {key}, which is not a limit",
        "known limits: {known}",
    ),
    "limit-not-a-limit": (
        "the config file {file} sets {key} to {value}",
        "use a whole number from {least} to {most}",
    ),
    "config-not-found": ("there is no config file {file}", "correct LEAGUECTL_CONFIG"),
    # cases
    "id-number-absent": (
        "a name alone does not identify anybody, and {name} has no ID number here",
        "add a column with the ID number; or the birth date and branch of somebody who has a case",
    ),
    "id-number-absent/several": (
        "{several} people of that branch are called {name} and were born on that day",
        "enter the ID number",
    ),
    "branch-not-said": (
        "no branch is given for {name}",
        "add a column with the branch, or give it for the whole sheet: --org BRANCH",
    ),
    "case-differs": (
        "the case has {known}, but this row has {said}",
        "compare with the papers; to correct it: leaguectl case advance WHO … --reason TEXT",
    ),
    "case-differs/admits": (
        "the case of the candidate has {known}, but the admission has {said}",
        "compare with the papers; the admission counts",
    ),
    "case-closed": (
        "this case was closed on {closed}: {state}",
        "a new application opens a new case: leaguectl case open",
    ),
    "case-goes-on": (
        "a step of this case was recorded for {day}, after {closed}",
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
        "the list shows the candidate at this stage, but has no day for: {missing}",
        "enter the day",
    ),
    "stage-unknown": ("there is no stage “{text}”", "use one of: {known}"),
    "advance-nothing": (
        "there is nothing to record",
        "give what is known of the next steps, such as --talked 2023-09-20",
    ),
    "contacts-two": ("there are more than two contacts", "give --contact twice, once for each"),
    "close-how": ("how the case ended is missing", "give one of --refused and --withdrawn"),
    "case-close-why": ("closing a case needs a reason, which is recorded", "add --reason TEXT"),
    "admit-case-both": (
        "rows of a FILE are completed from their cases without --case",
        "give the FILE, or --case WHO",
    ),
    "due-unknown": ("there is no kind of due date {kinds}", "known kinds: {known}"),
    # posts
    "post-not-found": (
        "there is no term {id}",
        "leaguectl post list shows them all; add --past for those that ended",
    ),
    "term-ended": (
        "this term ended on {until} already",
        "to correct the day: --reason TEXT",
    ),
    "packet-of-admissions": (
        "lists for each organisation are made of admissions only, not of: {kinds}",
        "leaguectl export admissions --per-organization -o FOLDER",
    ),
    "packet-needs-folder": ("lists for each organisation need a folder", "add -o FOLDER"),
    "year-per-organization": (
        "--year is only for the lists for each organisation",
        "add --per-organization -o FOLDER, or leave --year out",
    ),
    "folder-not-empty": ("{folder} exists already", "give a folder that is new or empty"),
}
"""Findings and errors: the message and the remedy."""

LINES = {
    "in-rows": "{message} (rows {rows})",
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
    "plan-kept": "the plan was saved in {file}; to carry it out: leaguectl import --apply {file}",
    "plan-not-kept": "no plan was saved: there is nothing to write, or there are errors",
    "file-written": "written: {file}",
    "dup-none": "no two people look like one",
    "exported": "{kind}: {rows} {rows|row|rows}",
    "export-masked": "personal values are masked, so import cannot read this again; for a file that it can read: --reveal --reason TEXT",
    "reply-title": "findings",
    "reply-level": "level",
    "reply-file": "file",
    "reply-sheet": "sheet",
    "reply-cell": "cell",
    "reply-code": "rule",
    "reply-reason": "what is wrong",
    "reply-remedy": "what to do",
    "reply-sent-as": "cell as sent",
    "reply-note": "Cells in red must be corrected, cells in yellow checked. Please correct them in this file and send it back.",
    "reply-clean": "Nothing was found.",
    "quota-no-document": "no document was named: --authority TEXT records the document that changed the places",
    "since-operation": "since operation {operation}",
    "nothing-written": "nothing was written",
    "nothing-to-write": "nothing to write: everything is in the registry already",
    "nothing-to-do": "nothing to do",
    "valid-only-hint": "to import the rows without an error: --valid-only",
    "registry-made": "created the registry {db}",
    "registry-would": "would create the registry {db}",
    "upgraded": "{db}: schema {before} → {after}; a copy of the old registry is in the same folder",
    "upgrade-none": "{db}: schema {after} is the current one",
    "sheet-read": "{file}!{sheet}: {kind}, headings in row {row}",
    "sheet-left": "{file}!{sheet}: not a known kind of sheet, ignored",
    "sheet-hidden": "{file}!{sheet}: this sheet is hidden",
    "rows-hidden": "{file}!{sheet}: these rows are hidden and were read: {rows}",
    "columns-hidden": "{file}!{sheet}: these columns are hidden and were read: {columns}",
    "sheet-dues": "{file}!{sheet}: dues, headings in row {row}: not kept, since dues are not part of this registry",
    "sheet-organization-statistics": "{file}!{sheet}: statistics of organisations, headings in row {row}: not kept, since `leaguectl stats` counts the rows itself",
    "columns-left": "    columns ignored: {columns}",
    "rows-left": "    rows ignored: {rows}",
    "admitted-count": "admitted {admitted} · refused {refused}",
    "check-counts": "{error} {error|error|errors}, {warning} {warning|warning|warnings}",
    "found-none": "nobody was found",
    "progress-plan": "checking the rows",
    "bug": "leaguectl: a fault of this program ({kind}). What happened is in {log};"
    " --debug shows it here",
    "bug-no-log": "leaguectl: a fault of this program ({kind}); --debug shows what happened",
    "year-closed": "closed {year}; SHA-256 of its figures: {sha256}",
    "plan-others": "all others (no survey)",
    "plan-total": "total",
    "assumed": "assumed: {text}",
    "plan-day": "members as of {day}",
    "plan-ageing": "members who turn {age} by the end of {year} and hold no post leave",
    "plan-party-stays": "members of the Party stay whatever their age",
    "plan-graduating": "graduating branches leave with their classes (those of {year}, and those without a year)",
    "plan-transferring": "pending transfers out of the county are accepted",
    "plan-survey": "the numbers of students and young people stay as in the latest survey by {year}",
    "plan-cap": "the cap of the graduating classes applies to the classes that become graduating ones; nobody is admitted into a class that leaves",
    "plan-places": "as many places as members leave, so that the total stays the same, unless the cap leaves less room; with --places that number is split (largest remainders), never above the room",
    "plan-left-out": "surveys of organisations above a surveyed organisation are left out: {names}",
    "tie-breaks": "ranked by: {names}; equal in all of them share a rank",
    "rank-none": "there are no scores of {year}: import a sheet of assessments (考核)",
    "policy-packaged": "the county has no policy file of its own: the packaged numbers are in force",
    "undone": "operation {undone} is undone: {rows_removed} {rows_removed|row|rows} removed, {rows_changed} changed back, {rows_restored} restored",
    "undo-would": "undoing operation {undone} would remove {rows_removed} {rows_removed|row|rows}, change back {rows_changed} and restore {rows_restored}",
    "off": "off",
    "none": "none",
    "figure-in-force": "{key} = {value} since {since} ({origin}): {source}",
    "interrupted": "interrupted: nothing was written by halves",
    # cases
    "case-next": "{name}, {organization}: next is {step}; still missing: {lacks}",
    "case-complete": "{name}, {organization}: all fifteen steps are done",
    "case-ended": "{name}, {organization}: {state} on {day}; {reason}",
    "case-closed-now": "the case of {name}: {state} on {day}",
    # what falls due
    "due-talk": "{about}: talk with the applicant",
    "due-step": "{about}: the next step, {step}, is possible",
    "due-approval": "{about}: approve the admission",
    "due-form": "{about}: file the scan of the form {form}",
    "due-numbers": "{count} {count|number is|numbers are} unused: {first} to {last}",
    "due-dispute": "{number}: also claimed by {about}; settle the dispute",
    "due-age": "{about} turns {age} and holds no post",
    "due-transfer": "{about}: papers from {source} to {target}",
    "due-graduates": "{count} {count|member|members} of a class that has graduated: transfer them",
    "due-probation": "{about}: the probation ends",
    "due-registration": "{count} {count|member is|members are} not registered for {year}",
    "due-election": "election due; the last was on {elected}, a term has {years} years",
    "due-post": "{about}: the term as {post} ends",
    "due-secretary": "no secretary ({count} {count|seat|seats} empty)",
    "due-task": "{module}: {about}",
    "due-count": "{count} due, {overdue} of them overdue",
    "due-calendar": "Youth League: due",
    "due-by": "must be done by this day",
    "due-from": "can be done from this day on",
    "due-overdue": "overdue when this calendar was made",
    "seats-counted": "{seats} seats · {filled} filled · {empty} empty",
    "packets-written": "{year}: {files} {files|list|lists} with {people} {people|person|people} in {folder}",
    "confirm": "Go on? [y/N]",
    "confirm-people": "This touches {people} {people|person|people}. Go on? [y/N]",
    "confirm-yes": "y yes",
    "verbose-registry": "registry: {db} (from {origin})",
    "verbose-today": "today: {day} (from {origin})",
    "verbose-took": "took {seconds} s as {actor}",
    "packets-masked": "personal values are masked; for the lists to be filed: --reveal --reason TEXT",
}
"""Lines for people, most of them on stderr, and the fixed words of an answer."""
