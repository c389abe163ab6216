"""Same person? Evidence, score and candidates; nothing here writes, and nothing here decides."""

from jiangxin.people.matching.evidence import Evidence, sentence
from jiangxin.people.matching.profile import HonourFact, Profile, Unit
from jiangxin.people.matching.scoring import THRESHOLD, Verdict, compare

__all__ = ["THRESHOLD", "Evidence", "HonourFact", "Profile", "Unit", "Verdict", "compare", "sentence"]
