"""English: what the rules find."""

CODES = {
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
}
