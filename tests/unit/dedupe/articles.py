# ruff: noqa: E501 - paragraphs stand on one line, as papers print them
"""Articles written for the tests of reprints, and the ways papers edit them."""

from __future__ import annotations

from datetime import UTC, datetime

from schemas.document import DateSource, Draft

FERRY = """PORT ELLEN, Oct 6 (Reuters) - A ferry carrying 312 passengers ran aground off the northern cape of Sollund island early on Monday, injuring 27 people and closing the strait to all traffic, the coast guard said.

The Aurora Bay struck a reef at about 4 a.m. in thick fog while sailing from Port Ellen to the mainland town of Harwick, a crossing that normally takes three hours. All passengers and 41 crew members were brought ashore by midday in an operation that involved nine rescue boats and four helicopters.

Two of the injured were in a serious condition with head wounds, the Harwick general hospital said. The others were treated for broken bones, cuts and the effects of cold water, and most were expected to go home within a day.

"The hull is open along eighteen metres and the engine room is flooded, but the vessel is stable and we see no danger of it breaking up," harbour master Ingrid Falk told reporters on the quay. She said a salvage company had been asked to pump out about 600 tonnes of fuel before the weather turned.

Fishermen from the village of Tarn were the first to reach the ferry. Olav Berge, who steered one of the boats, said he had heard the ship's horn through the fog and followed the sound. "We took forty at a time, children first," he said. "Nobody pushed. It was very quiet."

The government ordered an inquiry and suspended the licence of the operator, Northern Lines, for two weeks. Transport minister Karl Aune said investigators would look at the ship's radar, at the training of the watch and at warnings about the reef that pilots had sent to the ministry in spring.

Northern Lines said in a statement that the captain had thirty years of experience and had passed a medical check in August. It promised to pay for hotel rooms and travel and set up a telephone line for relatives.

The strait carries about a third of the country's grain exports. Traders said prices had risen slightly in early dealings, although the port authority expected one lane to open again on Wednesday.

It was the second accident on the route in five years. In 2020 a smaller vessel lost a propeller in the same waters and drifted for eleven hours before a tug reached it. After that accident parliament voted to pay for a lighthouse on the cape, but construction has not begun."""

BUDGET = """The parliament of Velmora approved a budget of 84 billion crowns late on Thursday after eleven hours of debate, ending a dispute that had threatened to bring down the coalition of prime minister Lena Sartori.

Lawmakers voted 112 to 97 for the plan, which raises spending on schools and hospitals and freezes the salaries of senior officials for two years. Three members of the junior partner, the Farmers' League, abstained.

Sartori called the vote a victory for common sense and said the deficit would fall below three percent of output next year for the first time since the banking crisis. Opposition leader Pavel Renko accused her of hiding costs in a new railway fund and announced that his party would go to the constitutional court.

Economists were divided. The central bank's former governor, Mira Holt, said the forecast of growth was bold but not reckless. The employers' association complained that a promised cut in payroll taxes had been put off again, while unions welcomed a rise in the minimum wage to 1,450 crowns a month from January.

The new budget also sets aside 900 million crowns for towns hit by last summer's floods and doubles the money for forest fire brigades. A proposal to tax sugary drinks was withdrawn an hour before the vote after protests from bottling companies in the north."""

BULLETIN = """The health ministry of Karsund said in its daily bulletin on {day} that {new} new cases of river fever had been confirmed in the past 24 hours, bringing the total since the start of the outbreak to {total}.

Another {dead} people died of the disease, the ministry said, taking the death toll to {toll}. A total of {ward} patients were being treated in hospitals across the country, {icu} of them in intensive care, while {home} people had recovered and returned home.

The ministry repeated its advice to boil drinking water and to avoid swimming in the river below the town of Osk. Vaccination centres are open from eight in the morning until six in the evening, and no appointment is needed. People with a fever should call the free telephone line before they visit a doctor.

Laboratories carried out {tests} tests on {day}, of which {share} percent were positive, according to the bulletin. The next bulletin is due on {next} at noon."""

MONDAY = BULLETIN.format(day="Monday", new=312, total="8,450", dead=14, toll=231, ward=790, icu=66, home="6,120",
                         tests="4,900", share="6.4", next="Tuesday")  # fmt: skip
TUESDAY = BULLETIN.format(day="Tuesday", new=287, total="8,737", dead=11, toll=242, ward=805, icu=71, home="6,298",
                          tests="5,120", share="5.6", next="Wednesday")  # fmt: skip


def draft(
    text: str,
    *,
    key: str,
    outlet: str | None = "Daily",
    at: datetime | None = datetime(2025, 10, 6, 12, tzinfo=UTC),
    title: str = "",
    source_path: str | None = None,
) -> Draft:
    """Return a draft of a text as a page would give it."""
    return Draft(
        key=key,
        url=key if key.startswith("https") else None,
        canonical_url=None,
        outlet=outlet,
        title=title,
        byline="",
        agency=None,
        dateline=None,
        language="en",
        published_at=at,
        published_at_source=DateSource.JSON_LD if at else DateSource.UNKNOWN,
        published_at_precision="second" if at else "unknown",
        text=text,
        source_path=source_path,
    )


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text."""
    return text.split("\n\n")


def house_style(text: str) -> str:
    """Return the text as another paper's desk would print it: its dateline, its spelling, its footer."""
    changed = text.replace("PORT ELLEN, Oct 6 (Reuters) - ", "PORT ELLEN - ").replace("a.m.", "am")
    changed = changed.replace("metres", "meters").replace("percent", "per cent").replace("harbour", "harbor")
    changed = changed.replace("three hours", "3 hours").replace("four helicopters", "4 helicopters")
    changed = changed.replace("about 600 tonnes", "around 600 tonnes").replace("promised", "pledged")
    return changed + "\n\nThis article was supplied by an agency. Write to our editors with your comments."


def cut(text: str, share: float) -> str:
    """Return the beginning of a text, about that share of its words, at a paragraph's end where possible."""
    words = text.split(" ")
    return " ".join(words[: int(len(words) * share)])


_LEAD = "Salvage crews on Tuesday began to pump fuel out of a ferry that lies on a reef north of Sollund, while relatives of the injured demanded to know why it had sailed in fog."
NEW_LEAD = "\n\n".join([_LEAD, *paragraphs(FERRY)[1:]])
EMBEDDED = "\n\n".join([*paragraphs(BUDGET)[:3], *paragraphs(FERRY)[:4], *paragraphs(BUDGET)[3:]])
REWRITE = """Rescuers in fishing boats and helicopters saved everyone aboard a ferry that hit rocks near the island of Sollund before dawn on Monday, but more than two dozen were hurt and one of the country's main shipping lanes had to be shut.

Fog lay over the water when the Aurora Bay met the reef on her way to Harwick. By lunchtime the 312 travellers and the crew were safe on land, officials said. Doctors in Harwick described two patients as badly hurt.

The minister in charge of transport, Karl Aune, has stopped the company from sailing for a fortnight while experts examine what went wrong. The company defends its captain, a veteran of three decades at sea."""
