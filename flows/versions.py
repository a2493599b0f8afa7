"""Which version of its document a draft is: when its text was seen decides, not when it came in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

import duckdb

from flows.work import Work
from newsledger.dedupe import Shelf, identify
from newsledger.dedupe.identify import Identified
from newsledger.dedupe.sketch import sketch, text_sha256
from newsledger.extract.stories import stories_of
from newsledger.versions.chain import Chain, Moment, moment_of, order_versions, version_of
from newsledger.versions.compare import Telling, compare_versions
from schemas.document import Document, Draft, Sighting
from schemas.figure import Figure
from schemas.item import Outcome
from schemas.version import VersionChange
from warehouse.history import figures_of, last_sighting, load_versions, sightings_of
from warehouse.holdings import WarehouseHoldings

DATE_GIVEN = "date given"
"""The reason of a version that only has the date its file lacked: it is new as of now."""


@dataclass
class Identifying:
    """Identifies the drafts of a run, one after the other, and puts versions in order at the end.

    Attributes:
        work: the run.
        con: the open warehouse.
    """

    work: Work
    con: duckdb.DuckDBPyConnection
    _last: dict[str, Moment | None] = field(default_factory=dict)
    _looks: list[tuple[int, str, Moment]] = field(default_factory=list)
    _touched: dict[str, list[Document]] = field(default_factory=lambda: defaultdict(list))

    @cached_property
    def holdings(self) -> WarehouseHoldings:
        """What the warehouse holds."""
        return WarehouseHoldings(self.con)

    @cached_property
    def shelf(self) -> Shelf:
        """What is held, with the batch before it."""
        return Shelf(self.holdings)

    def look_up(self, drafts: Sequence[Draft]) -> None:
        """Look up what is held of many drafts in a few queries, before each is taken."""
        texts = [draft.text for draft in drafts]
        self.holdings.preload(
            map(sketch, texts), keys=[d.key for d in drafts], digests=map(text_sha256, texts)
        )

    def take(self, draft: Draft) -> None:
        """Decide what a draft is, and note when its text was seen."""
        seen = draft.seen_at or self.work.now
        found = identify(draft, self.shelf, self.work.now, first_seen=seen)
        if found.outcome.reason == DATE_GIVEN:
            seen = self.work.now
        self.work.batch.outcomes.append(found.outcome)
        name = found.outcome.document_id
        if found.document is None and draft.source_path is None and name is not None:
            self._seen_again(draft, name, seen)
        elif found.document is not None:
            self._store(found, replace(found.document, seen_at=seen), seen)

    def _seen_again(self, draft: Draft, name: str, seen: datetime) -> None:
        """Note that a text was seen again; an earlier sight than any before says more of it."""
        held = next(h for h in self.shelf.by_text(text_sha256(draft.text)) if h.document_id == name)
        moment = (seen, held.text_sha256)
        last = self._last_seen(name)
        if last is not None and moment < last:
            self._touched[name].append(self._with_stories(version_of(draft, held, seen)))
        self._note(name, moment, draft.modified_at)

    def _store(self, found: Identified, document: Document, seen: datetime) -> None:
        document = self._with_stories(document)
        self.shelf.add(document)
        self.work.batch.links.extend(found.links)
        if found.outcome.outcome is Outcome.NEW_VERSION:
            self._touched[document.document_id].append(document)
        else:
            self.work.batch.documents.append(document)
        self._note(document.document_id, (seen, document.text_sha256), document.modified_at)

    def _with_stories(self, document: Document) -> Document:
        told = f"{document.title}\n{document.text}"  # a live blog's post may name the story only there
        return replace(document, stories=stories_of(told, self.work.project.codebooks))

    def _note(self, name: str, moment: Moment, modified_at: datetime | None) -> None:
        self._looks.append((len(self.work.batch.outcomes) - 1, name, moment))
        self.work.batch.sightings.append(Sighting(name, *moment, modified_at))
        last = self._last_seen(name)
        self._last[name] = moment if last is None else max(last, moment)

    def _last_seen(self, name: str) -> Moment | None:
        if name not in self._last:
            self._last[name] = last_sighting(self.con, name)
        return self._last[name]

    def order(self) -> None:
        """Number the versions of the documents that have new ones; bring whole those whose order changed."""
        if not self._touched:
            return
        batch = self.work.batch
        held = load_versions(self.con, self._touched)
        sights = defaultdict(list)
        for sight in [*sightings_of(self.con, self._touched), *batch.sightings]:
            sights[sight.document_id].append(sight)
        fresh = defaultdict(list, {name: [*new] for name, new in self._touched.items()})
        for document in batch.documents:
            if document.document_id in fresh:
                fresh[document.document_id].insert(0, document)
        batch.documents[:] = [d for d in batch.documents if d.document_id not in fresh]
        chains = {n: order_versions([*held.get(n, []), *new], sights[n]) for n, new in fresh.items()}
        for name, chain in sorted(chains.items()):
            self._bring(chain, held.get(name, []))
        self._tell_versions(chains, held)

    def _bring(self, chain: Chain, held: list[Document]) -> None:
        before = {(d.version, moment_of(d)) for d in held}
        new = [d for d in chain.versions if (d.version, moment_of(d)) not in before]
        is_appended = len(chain.versions) - len(new) == len(held)
        if not is_appended:
            self.work.batch.renumbered.extend(chain.renumbered(held))
        for document in new if is_appended else chain.versions:
            whole = document if document.sketch else replace(document, sketch=sketch(document.text))
            self.work.batch.documents.append(self._with_stories(whole))

    def _tell_versions(self, chains: dict[str, Chain], held: dict[str, list[Document]]) -> None:
        """Give the outcomes the numbers the versions got; a text that was a version already is unchanged."""
        outcomes = self.work.batch.outcomes
        for place, name, moment in self._looks:
            chain = chains.get(name)
            if chain is None:
                continue
            number = chain.number_at(moment)
            outcome = replace(outcomes[place], version=number)
            begins = chain.moments[number - 1]
            known = {moment_of(d) for d in held.get(name, [])}
            if outcome.outcome is Outcome.NEW_VERSION and begins in known:
                outcome = replace(outcome, outcome=Outcome.UNCHANGED, reason="a version held")
            outcomes[place] = outcome


def compare_all(work: Work, con: duckdb.DuckDBPyConnection) -> list[VersionChange]:
    """Return what the outlets changed in each new version of the batch, beside the version before it."""
    new = {(d.document_id, d.version): d for d in work.batch.documents}
    later = [key for key in sorted(new) if key[1] > 1]
    lacking = [(name, number - 1) for name, number in later if (name, number - 1) not in new]
    held = load_versions(con, {name for name, _ in lacking})
    before = {(d.document_id, d.version): d for versions in held.values() for d in versions}
    figures: dict[tuple[str, int], list[Figure]] = defaultdict(list)
    for figure in [*work.batch.figures, *figures_of(con, lacking)]:
        figures[(figure.document_id, figure.version)].append(figure)
    found: list[VersionChange] = []
    for name, number in later:
        old = new.get((name, number - 1)) or before[(name, number - 1)]
        pair = [
            Telling(d.text, d.title, figures[(d.document_id, d.version)]) for d in (old, new[(name, number)])
        ]
        found += compare_versions(*pair, document_id=name, version=number)
    return found
