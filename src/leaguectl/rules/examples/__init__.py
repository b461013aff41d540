"""For every rule the smallest case that is right and the smallest that is wrong.

They run as tests (the right case yields nothing, the wrong case exactly the rule's code) and are
shown by ``explain`` and in the manual. All people are invented: the area code 658899 was never
issued.
"""

from leaguectl.rules.examples.cases import ENTRY_PAIRS, GATE_PAIRS
from leaguectl.rules.examples.example import Example, Pair
from leaguectl.rules.examples.whole import STANDING_PAIRS

__all__ = ["EXAMPLES", "Example", "Pair"]

EXAMPLES: dict[str, Pair] = ENTRY_PAIRS | GATE_PAIRS | STANDING_PAIRS
"""The examples by the code of their rule, in the order of the books."""
