"""For every rule the smallest case that is right and the smallest that is wrong.

They run as tests (the right one yields nothing, the wrong one exactly the rule's code) and stand in
``explain`` and in the manual. Nobody in them exists: the area code 658899 was never issued.
"""

from leaguectl.rules.examples.cases import ENTRY_PAIRS, GATE_PAIRS
from leaguectl.rules.examples.example import Example, Pair
from leaguectl.rules.examples.whole import STANDING_PAIRS

__all__ = ["EXAMPLES", "Example", "Pair"]

EXAMPLES: dict[str, Pair] = ENTRY_PAIRS | GATE_PAIRS | STANDING_PAIRS
"""By the code of each rule, in the order of the books."""
