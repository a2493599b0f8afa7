"""Stances named by nouns: "X's demand for it", "dropped its objections to it", "no case for it"."""

from __future__ import annotations

from newsledger.extract.language.clauses import Predicate, is_noun, phrase_start
from newsledger.extract.language.inflect import verb_table
from newsledger.extract.language.wordlist import words
from newsledger.extract.positions.frame import is_light, is_people
from newsledger.extract.positions.judged import Judged
from newsledger.extract.positions.path import Path
from newsledger.extract.positions.stance import (
    Cue,
)
from newsledger.extract.positions.verdicts import NO_CASE, NO_WAY_AROUND

_GIVING_UP = verb_table(
    "overcome soften retract waive lift shed betray forsake bury swallow withdraw drop abandon end scrap "
    "cancel reverse revoke rescind renounce break violate shelve ditch suspend forgo relinquish"
)
_BACK = verb_table("go walk give call step")
_UNSURE = words("may might")


class Nominal(Judged):
    """A sentence whose nouns are asked for the stance they name and whose it is."""

    def _case_ending(self, k: int, floor: int) -> tuple[int, int] | None:
        """Return start and sign of "no case for", "no alternative to" where such words end at a token."""
        for phrases, sign in ((NO_CASE, -1), (NO_WAY_AROUND, 1)):
            for phrase in phrases:
                start = k - len(phrase) + 1
                if (
                    self.doc[k].lower_ == phrase[-1]
                    and start >= floor
                    and all(self.doc[start + n].lower_ == word for n, word in enumerate(phrase))
                ):
                    return start, sign
        return None

    def _weigh_case(self, path: Path, case: tuple[int, int], k: int) -> None:
        path.cover(case[0], k + 1)
        path.is_flagged = True
        if case[1] < 0:
            path.flip("no case")
            path.is_negated = True

    def _possessed(self, path: Path, cue: Cue) -> bool:
        """Set the holder from "X's demand for".

        That is, "the X demand", "demands by X"; return whether one was found.
        """
        start = phrase_start(self.doc, cue.start, self.sentence.start)
        before = self.doc[start : cue.start]
        if any(t.lower_ == "no" for t in before):
            path.flip("no")
        named = next((self.doc[t.i - 1] for t in before if t.tag_ == "POS" and t.i > start), None)
        if named is not None and any(is_noun(t) for t in self.doc[named.i + 2 : cue.start]):
            named = None  # "the airline's plan calls for"
        owner = named or next(
            (t for t in reversed(list(before)) if t.tag_ in ("PRP$", "NNP", "NNPS") or is_people(t)), None
        )
        agent = self._agent(cue.end)
        if owner is None and agent is None:
            return self._carried(path, cue, start)
        path.holder = owner.i if owner is not None else agent
        path.cue, path.act = cue, cue.act
        path.cover(start, cue.end)
        path.predicate = next((g for g in self.groups if g.end <= start), None)
        self._turn_back(path, cue, start)
        if self._is_hypothetical_at(cue.start):
            path.stop = "hypothetical"
        return True

    def _turn_back(self, path: Path, cue: Cue, start: int) -> None:
        """Turn the sign where the stance named by a noun is given up ("dropped its objections to")."""
        above = next((g for g in reversed(self.groups) if g.end <= start), None)
        below = next((g for g in self.groups if g.start >= cue.end), None)
        group = None
        is_own = self.doc[start].tag_ == "PRP$"
        if above is not None and is_own and start - above.end <= 3 and self._gives_up(above):
            group = above
        elif (
            below is not None
            and below.is_passive
            and self._gives_up(below)
            and below.subject in range(start, cue.end)
        ):
            group = below
        if group is None:
            return
        if group.modals & _UNSURE or group.form == "infinitive" or self._is_doubted(group):
            path.stop = "hypothetical"
        elif not group.is_negated:
            path.cover(group.start, group.end)
            path.flip(self.doc[group.main].lower_)

    def _gives_up(self, group: Predicate) -> bool:
        word = self.doc[group.main].lower_
        phrase = self.doc[group.main : group.main + 3].text.lower().split()
        return word in _GIVING_UP or (
            word in _BACK
            and (phrase[1:3] in (["back", "on"], ["away", "from"]) or phrase[1:2] in (["up"], ["off"]))
        )

    def _carried(self, path: Path, cue: Cue, start: int) -> bool:
        """Set the holder from the subject of a verb that only carries the noun ("voiced opposition to")."""
        number = next((n for n in range(len(self.groups) - 1, -1, -1) if self.groups[n].end <= start), None)
        if number is None or start - self.groups[number].end > 2:
            return False
        group = self.groups[number]
        if not is_light(self.doc[group.main].lower_) or group.is_passive or group.is_copula:
            return False
        if group.modals & _UNSURE or group.form == "participle":
            return False
        if group.is_negated:
            path.flip("not")
            path.is_negated = True
        path.cue, path.act, path.predicate = cue, cue.act, group
        path.holder = self.subject_of(number)
        path.cover(group.start, cue.end)
        if path.holder is None:
            path.stop = "no holder"
        return True
