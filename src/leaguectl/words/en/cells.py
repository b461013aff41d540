"""English: what can be wrong with a cell, a sheet, a file."""

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
}
