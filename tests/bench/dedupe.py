# ruff: noqa: E501 - texts and statements stand on one line
"""How long 1,000 new documents take against the index of those held, and which edits it finds, beside peers.

    python -m tests.bench.dedupe [HELD] [PEERS] [FOLDER]

HELD documents (1,000,000) are put into a warehouse of their own; a process of its own, whose memory is told, then
asks for 1,000 new ones: 120 of each of six edits of held texts, and 280 that are new. datasketch's and rensa's MinHash
LSH (128 permutations, four-word shingles, as in their manuals) get PEERS documents (20,000) with the same edits, since
they keep everything in memory; newsledger is measured at that number too. FOLDER keeps the warehouses for another run
(filling one with a million takes three minutes of CPU).
"""

from __future__ import annotations

import json
import multiprocessing
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pyarrow as pa

from newsledger.dedupe import Shelf, identify, sketch, text_sha256
from newsledger.dedupe.sketch import words_of
from schemas.document import DateSource, Draft
from tests.bench.news_texts import Press
from warehouse.connect import warehouse
from warehouse.holdings import WarehouseHoldings

BATCH = 10_000
EDITS = ("furniture", "cut", "extended", "rewritten", "embedded", "update")
OF_EACH, NEW = 120, 280
DAY = datetime(2031, 3, 1, tzinfo=UTC)
FOOTER = "Sign up to our newsletter and get the day's news in your inbox. Follow us for more."


def edited(kind: str, sentences: list[str], strange: list[str], random: Random) -> str:
    """Return one of six edits of a text; ``strange`` are sentences of another one."""
    half = max(4, len(sentences) // 2)
    kept = list(sentences)
    if kind == "furniture":
        kept = [_restyled(s, 0.02, strange, random) for s in kept] + [FOOTER]
    elif kind == "cut":
        kept = [*kept[: max(4, len(kept) // 3)], FOOTER]
    elif kind == "extended":
        kept += strange[: len(kept) // 3]
    elif kind == "rewritten":
        same = set(random.sample(range(len(kept)), half))
        kept = [s if at in same else strange[at % len(strange)] for at, s in enumerate(kept)]
    elif kind == "embedded":
        kept = [*strange[: 2 * half], *kept[: half + 2], *strange[2 * half : 4 * half]]
    else:
        kept = [strange[0], *[_restyled(s, 0.05, strange, random) for s in kept[1:]]]
    return "\n".join(" ".join(kept[at : at + 2]) for at in range(0, len(kept), 2))


def _restyled(sentence: str, share: float, strange: Sequence[str], random: Random) -> str:
    other = strange[1 % len(strange)].split()
    return " ".join(random.choice(other) if random.random() < share else w for w in sentence.split())


def news(press: Press, sources: dict[int, Any], seed: int = 3) -> Iterator[tuple[str, int | None, str]]:
    """Yield (edit, number of the held text or None, text) of the new documents."""
    random = Random(seed)
    foreign = press.batch(999_999, OF_EACH * len(EDITS) * 2 + NEW)
    for nth, number in enumerate(sources):
        kind = EDITS[nth % len(EDITS)]
        strange = press.sentences(np.concatenate([foreign.of(2 * nth), foreign.of(2 * nth + 1)]))
        yield kind, number, edited(kind, press.sentences(sources[number]), strange, random)
    for nth in range(NEW):
        yield "new", None, press.written(foreign.of(OF_EACH * len(EDITS) * 2 + nth))


def chosen(held: int) -> list[int]:
    """Return the numbers of the held texts that are edited."""
    return sorted(Random(5).sample(range(held), OF_EACH * len(EDITS)))


def fill(path: Path, press: Press, held: int) -> dict[int, Any]:
    """Put documents and sketches into a new warehouse; return the words of those that are edited.

    Only these have their text in it, so that the file stays small; nothing else is left out.
    """
    wanted = set(chosen(held))
    sources: dict[int, Any] = {}
    with warehouse(path) as con:
        for first in range(0, held, BATCH):
            number = min(BATCH, held - first)
            texts = press.batch(first // BATCH, number)
            values, text = press.sketches(texts)
            sizes = np.bincount(text, minlength=number)
            names = np.array([_name(first + nth) for nth in range(number)])
            mine = [first + nth for nth in range(number) if first + nth in wanted]
            sources |= {nth: texts.of(nth - first).copy() for nth in mine}
            bodies = {nth: press.written(sources[nth]) for nth in mine}
            rows = pa.table({"hash": values, "document_id": pa.array(names[text])})
            facts = pa.table({"document_id": pa.array(names), "nth": np.arange(first, first + number), "size": sizes,
                              "text": [bodies.get(first + nth, "") for nth in range(number)]})  # fmt: skip
            con.execute("INSERT INTO ledger.sketches SELECT hash, document_id FROM rows")
            con.execute(
                "INSERT INTO ledger.documents BY NAME SELECT document_id, 'https://held.example/' || nth AS key,"
                " 'Outlet ' || (nth % 400) AS outlet, 'Headline ' || nth AS title, 1 AS version, text,"
                " md5(nth::VARCHAR) || md5('x' || nth) AS text_sha256, size AS sketch_size, size AS sketch_sampled,"
                f" TIMESTAMPTZ '{DAY.isoformat()}' AS first_seen_at, TIMESTAMPTZ '{DAY.isoformat()}' AS published_at,"
                " 600 AS word_count FROM facts"
            )
            del rows, facts
        con.execute("CHECKPOINT")
    return sources


def _name(nth: int) -> str:
    return f"d{nth * 0x9E3779B97F4A7C15 % 2**64:016x}"


def draft(nth: int, text: str) -> Draft:
    """Return a new document as a page would give it."""
    key = f"https://new.example/{nth}"
    return Draft(key, key, None, f"Outlet {400 + nth % 50}", f"New {nth}", "", None, None, "en",
                 DAY + timedelta(hours=9), DateSource.JSON_LD, "minute", text)  # fmt: skip


def ask(path: Path, made: list[tuple[str, int | None, str]], pipe: Any) -> None:
    """Look the new documents up, then decide what each is; send what it took, memory and what was found."""
    drafts = [draft(nth, text) for nth, (_, _, text) in enumerate(made)]
    sketch("warm up")
    before = _peak()
    started = [time.perf_counter(), time.process_time()]
    with warehouse(path) as con:
        opened = time.perf_counter()
        holdings = WarehouseHoldings(con)
        texts = [d.text for d in drafts]
        holdings.preload(map(sketch, texts), keys=[d.key for d in drafts], digests=map(text_sha256, texts))
        looked = [time.perf_counter(), time.process_time()]
        memory = _peak()
        near = [{o.held.document_id for o in holdings.sharing(sketch(text))} for text in texts]
        shelf = Shelf(holdings)
        results = [identify(d, shelf, DAY) for d in drafts]
        decided = [time.perf_counter(), time.process_time()]
    pipe.send({
        "open": opened - started[0], "look up": looked[0] - opened, "look up cpu": looked[1] - started[1],
        "decide": decided[0] - looked[0], "decide cpu": decided[1] - looked[1],
        "memory": memory, "memory before": before, "near": near,
        "linked": [{link.other_id for link in r.links} for r in results],
    })  # fmt: skip


def _peak() -> float:
    """Return the most memory this process had resident, in megabytes, as Linux tells it."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def measured(path: Path, made: list[tuple[str, int | None, str]]) -> dict[str, Any]:
    """Return what :func:`ask` sends from a process of its own."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=ask, args=(path, made, theirs))
    child.start()
    theirs.close()
    result: dict[str, Any] = ours.recv()
    child.join()
    return result


def recall(made: list[tuple[str, int | None, str]], found: Sequence[set[str]]) -> str:
    """Return the share found of each edit, and how many documents were linked to another one."""
    hits, false = Counter[str](), 0
    for (kind, number, _), names in zip(made, found, strict=True):
        right = set() if number is None else {_name(number)}
        hits[kind] += bool(right & names)
        false += len(names - right)
    return " ".join(f"{kind} {hits[kind] / OF_EACH:.2f}" for kind in EDITS) + f"; {false} false"


def filled(path: Path, press: Press, held: int) -> list[tuple[str, int | None, str]]:
    """Return the new documents for a warehouse, which is filled first where it is not there yet."""
    beside = path.with_suffix(".json")
    if not beside.exists():
        begun = time.process_time()
        made = list(news(press, fill(path, press, held)))
        beside.write_text(json.dumps(made), encoding="utf-8")
        print(f"{path.name} filled in {time.process_time() - begun:.0f} s CPU")
    return [(kind, number, text) for kind, number, text in json.loads(beside.read_text(encoding="utf-8"))]


def ours(press: Press, held: int, folder: Path) -> list[tuple[str, int | None, str]]:
    """Fill a warehouse, ask it three times, print; return the new documents."""
    path = folder / f"held-{held}.duckdb"
    made = filled(path, press, held)
    print(f"newsledger, {held:,} held ({path.stat().st_size / 1e6:,.0f} MB)")
    for _ in range(3):
        got = measured(path, made)
        print(
            f"  look up {len(made):,}: {got['look up']:.2f} s (CPU {got['look up cpu']:.2f} with opening), peak"
            f" {got['memory']:,.0f} MB ({got['memory before']:,.0f} before); decide {got['decide']:.2f} s"
            f" (CPU {got['decide cpu']:.2f})"
        )
    print(f"  near:   {recall(made, got['near'])}")
    print(f"  linked: {recall(made, got['linked'])}")
    return made


def shingled(text: str) -> list[str]:
    """Return the four-word shingles of a text as strings."""
    words = words_of(text)
    return [" ".join(words[at : at + 4]) for at in range(max(1, len(words) - 3))]


def peer(
    name: str, make: Callable[[], tuple[Any, Callable[[list[str]], Any]]], held: list[str], made: Any
) -> None:
    """Fill a peer's index, ask it for the new documents and print."""
    index, signature = make()
    begun = time.process_time()
    for nth, text in enumerate(held):
        index.insert(nth if name.startswith("rensa") else str(nth), signature(shingled(text)))
    filled = time.process_time()
    found = [{_name(int(n)) for n in index.query(signature(shingled(text)))} for _, _, text in made]
    asked = time.process_time()
    memory = _peak()
    print(
        f"{name}, {len(held):,} held, filled in {filled - begun:.1f} s CPU, peak {memory:,.0f} MB with the texts"
    )
    print(f"  look up {len(made):,}: {asked - filled:.2f} s CPU\n  found:  {recall(made, found)}")


def _datasketch(threshold: float) -> tuple[Any, Callable[[list[str]], Any]]:
    peer_module = import_module("datasketch")  # there only for the benchmark

    def signature(pieces: list[str]) -> Any:
        made = peer_module.MinHash(num_perm=128)
        made.update_batch([piece.encode() for piece in pieces])
        return made

    return peer_module.MinHashLSH(threshold=threshold, num_perm=128), signature


def _rensa(threshold: float) -> tuple[Any, Callable[[list[str]], Any]]:
    peer_module = import_module("rensa")  # there only for the benchmark

    def signature(pieces: list[str]) -> Any:
        made = peer_module.RMinHash(num_perm=128, seed=42)
        made.update(pieces)
        return made

    bands = {0.5: 32, 0.8: 8}[threshold]
    return peer_module.RMinHashLSH(threshold=threshold, num_perm=128, num_bands=bands), signature


def statistics(press: Press) -> None:
    """Print how much two of the texts have in common by chance, to be held against real articles."""
    values, text = press.sketches(press.batch(1, 924))
    order = np.argsort(values, kind="stable")
    _, counts = np.unique(values[order], return_counts=True)
    pairs = Counter[tuple[int, int]]()
    for group in np.split(text[order], np.cumsum(counts)[:-1]):
        if len(group) > 1:
            names = sorted(group.tolist())
            pairs.update((a, b) for nth, a in enumerate(names) for b in names[nth + 1 :])
    print(
        f"924 of the texts: {len(values) / 924:.0f} values a text, the commonest in {counts.max()} of them,"
        f" {(counts >= 10).sum()} in ten or more; of {924 * 923 // 2:,} pairs {len(pairs):,} share a value,"
        f" {sum(n >= 3 for n in pairs.values())} three"
    )


def main() -> None:
    """Run the benchmark."""
    held = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    few = int(sys.argv[2]) if len(sys.argv) > 2 else 20_000
    press = Press()
    statistics(press)
    with tempfile.TemporaryDirectory() as passing:
        folder = Path(sys.argv[3]) if len(sys.argv) > 3 else Path(passing)
        folder.mkdir(exist_ok=True)
        if held:
            ours(press, held, folder)
        made = ours(press, few, folder)
    texts = [press.batch(first // BATCH, min(BATCH, few - first)) for first in range(0, few, BATCH)]
    plain = [press.written(batch.of(nth)) for batch in texts for nth in range(len(batch.starts) - 1)]
    for name, make in (("rensa RMinHashLSH", _rensa), ("datasketch MinHashLSH", _datasketch)):
        for threshold in (0.5, 0.8):
            peer(f"{name} {threshold}", partial(make, threshold), plain, made)


if __name__ == "__main__":
    main()
