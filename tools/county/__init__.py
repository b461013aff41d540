"""The invented county: of the sample, of the tests, of the measurements.

Nobody in it exists. The area code of the ID numbers was never issued, and the phone numbers begin
with 120, which no mobile number does. The same arguments always make the same rows.

``whole``  a county of any seed and size, which the sample is; ``sheets`` writes it down
``rows``   a few rows of a small county, for tests
``bulk``   a county that is far larger than any real one, to measure imports with
"""

from county.id_numbers import AREA, check_digit, id_number
from county.rows import (
    ADMISSION_HEADINGS,
    MEMBER_HEADINGS,
    ORGANIZATIONS,
    QUOTAS,
    admission,
    member,
)

__all__ = [
    "ADMISSION_HEADINGS",
    "AREA",
    "MEMBER_HEADINGS",
    "ORGANIZATIONS",
    "QUOTAS",
    "admission",
    "check_digit",
    "id_number",
    "member",
]
