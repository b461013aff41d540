"""English: what stops a command."""

CODES = {
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
