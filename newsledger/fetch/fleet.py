"""Many requests at once, without one host delaying another.

Each host has a queue of its own; a worker takes the next request whose host may be asked now. Hosts that
failed lately come last. Answers are handed over as they come, a few at a time, so that a batch of any size
needs little memory.
"""

from __future__ import annotations

import heapq
import threading
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Sequence
from queue import SimpleQueue
from random import Random
from typing import Generic, NamedTuple, TypeVar, cast

from newsledger.fetch.hosts import Hosts, host_of
from newsledger.fetch.trouble import FetchFailed

Job = TypeVar("Job")
Answer = TypeVar("Answer")
MAX_HELD_BYTES = 50_000_000
"""Bytes of answers held for whoever reads them. Reading one may take seconds; until so much waits, the others
are asked meanwhile."""
FREE_WORKERS = 4
SLOW_AFTER = 0.05
"""There are always four workers that are not kept waiting for longer than so many seconds. Near and quick
hosts need no more, and every further thread costs the others time; each slow host brings another."""
MAX_NAP = 1.0
"""Seconds after which a host that was not ready is looked at again: its state may have changed."""


class _Turn(NamedTuple):
    """A host's place in the order: the earliest first, of those the well ones, then as shuffled."""

    at: float
    is_suspect: bool
    order: int
    host: str


def fetch_all(
    jobs: Sequence[Job],
    ask: Callable[[Job], Answer],
    *,
    url_of: Callable[[Job], str],
    hosts: Hosts,
    workers: int,
    random: Random,
) -> Generator[tuple[int, Answer], None, None]:
    """Yield the number of each job and its answer, in the order the answers come.

    Args:
        jobs: what to ask; asked in a shuffled order, so that no site gets its requests in a row.
        ask: asks for one job, in a worker's thread, and returns failures as its answer; what it raises
            ends the batch and is raised here.
        url_of: the address of a job.
        hosts: the manners towards hosts.
        workers: requests at once, at most.
        random: the source of the order.
    """
    if not jobs:
        return
    work = _Fleet(jobs, ask, url_of, hosts, random)
    foreman = threading.Thread(target=work.lead, args=(min(workers, len(jobs)),), name="fetch", daemon=True)
    foreman.start()
    try:
        for _ in range(len(jobs)):
            number, answer = work.next_answer()
            if isinstance(answer, BaseException) and not isinstance(answer, FetchFailed):
                raise answer
            yield number, cast("Answer", answer)
    finally:
        work.stop()
        foreman.join()


class _Fleet(Generic[Job, Answer]):
    """The queues of a batch and what its workers do."""

    def __init__(
        self,
        jobs: Sequence[Job],
        ask: Callable[[Job], Answer],
        url_of: Callable[[Job], str],
        hosts: Hosts,
        random: Random,
    ) -> None:
        self._answers: SimpleQueue[tuple[int, Answer | BaseException]] = SimpleQueue()
        self._held = 0
        self._room = threading.Condition()
        self._jobs, self._ask, self._hosts = jobs, ask, hosts
        self._queues: dict[str, deque[int]] = {}
        order = list(range(len(jobs)))
        random.shuffle(order)
        for number in order:
            self._queues.setdefault(host_of(url_of(jobs[number])), deque()).append(number)
        started = time.monotonic()
        self._ready = [_Turn(started, hosts.is_suspect(h), n, h) for n, h in enumerate(self._queues)]
        heapq.heapify(self._ready)
        self._listed = set(self._queues)
        self._active: Counter[str] = Counter()
        self._left = len(jobs)
        self._changed = threading.Condition()
        self._stopped = threading.Event()
        self._started: dict[int, float] = {}

    def run(self) -> None:
        """Take jobs until there are none."""
        while True:
            taken = self._take()
            if taken is None:
                return
            turn, number = taken
            answer: Answer | BaseException
            self._started[number] = time.monotonic()
            try:
                answer = self._ask(self._jobs[number])
            except BaseException as error:  # noqa: BLE001 - raised again where the answers are read
                answer = error
            del self._started[number]
            self._give_back(turn)
            self._hand_over(number, answer)

    def lead(self, most: int) -> None:
        """Start workers as they are needed, until the batch ends, and wait for them."""
        workers: list[threading.Thread] = []
        while not self._is_stopped:
            late = time.monotonic() - SLOW_AFTER
            slow = sum(started < late for started in list(self._started.values()))
            while len(workers) < min(most, FREE_WORKERS + slow):
                workers.append(threading.Thread(target=self.run, name=f"fetch {len(workers)}", daemon=True))
                workers[-1].start()
            self._stopped.wait(SLOW_AFTER / 2)
        for worker in workers:
            worker.join()

    def stop(self) -> None:
        """Let the workers end after what they are doing."""
        with self._changed:
            self._stopped.set()
            self._changed.notify_all()

    @property
    def _is_stopped(self) -> bool:
        return self._stopped.is_set()

    def next_answer(self) -> tuple[int, Answer | BaseException]:
        """Return the next job's number and answer, waiting for it."""
        number, answer = self._answers.get()
        with self._room:
            self._held -= _size(answer)
            self._room.notify_all()
        return number, answer

    def _hand_over(self, number: int, answer: Answer | BaseException) -> None:
        """Put an answer where it is read from, once there is room for it or the batch ended."""
        with self._room:
            while self._held > MAX_HELD_BYTES and not self._is_stopped:
                self._room.wait(0.5)
            self._held += _size(answer)
        self._answers.put((number, answer))

    def _take(self) -> tuple[_Turn, int] | None:
        """Return the next host and job whose turn it is, waiting for it, or None at the end."""
        with self._changed:
            while self._left and not self._is_stopped:
                if not self._ready:
                    self._changed.wait()
                elif (wait := self._ready[0].at - time.monotonic()) > 0:
                    self._changed.wait(wait)
                else:
                    turn = heapq.heappop(self._ready)
                    self._listed.discard(turn.host)
                    seconds = self._hosts.ready_in(turn.host)
                    if seconds <= 0 or self._hosts.settings.patience_seconds < seconds < float("inf"):
                        return self._start(turn)
                    self._list(turn, seconds)
            self._changed.notify_all()
            return None

    def _start(self, turn: _Turn) -> tuple[_Turn, int]:
        """Take a host's next job; the host has another turn after its spacing, if it has more jobs."""
        queue = self._queues[turn.host]
        number = queue.popleft()
        self._left -= 1
        self._active[turn.host] += 1
        if queue and self._active[turn.host] < self._hosts.settings.requests_per_host:
            self._list(turn, self._hosts.spacing(turn.host))
        return turn, number

    def _give_back(self, turn: _Turn) -> None:
        with self._changed:
            self._active[turn.host] -= 1
            if self._queues[turn.host] and turn.host not in self._listed:
                self._list(turn, 0.0)

    def _list(self, turn: _Turn, seconds: float) -> None:
        heapq.heappush(self._ready, turn._replace(at=time.monotonic() + min(seconds, MAX_NAP)))
        self._listed.add(turn.host)
        self._changed.notify()


def _size(answer: object) -> int:
    """Return the bytes of an answer's body; what has none is small."""
    return len(getattr(answer, "body", b""))
