"""Nouns for people and bodies: which of them speak for the body named before them, and which never do."""

from __future__ import annotations

from newsledger.extract.language.inflect import noun_table
from newsledger.extract.language.wordlist import words

SPEAKING_ROLES = noun_table(
    """
    official spokesman spokeswoman spokesperson negotiator representative delegation delegate team
    source leader leadership government ministry minister authority president premier chancellor
    chief head chairman chairwoman chair chairperson director manager management executive boss
    board administration cabinet office officer envoy diplomat ambassador adviser advisor aide
    secretary commander command general military army side statement party council commission
    committee panel probe inquiry court agency body organisation organization department bureau
    directorate regulator mediator lawyer attorney counsel prosecutor politburo bloc coalition camp
    foundation group firm company mission embassy bargainer rep steward convener parliament assembly
    senate congress service mayor governor superintendent president-elect owner founder ceo cfo coo
    lobby employer
    """
)
"""Role or body nouns: "Verian officials", "the union's negotiators", "a UN probe" speak for the body."""

MOUTHPIECES = noun_table(
    """
    office spokesman spokeswoman spokesperson lawyer attorney counsel administration government
    representative team cabinet campaign agent publicist camp side aide country nation party company
    """
)
"""Whoever speaks for a person named before: "the mayor's office", "his spokesman"."""

OWN_MINDS = noun_table(
    """
    member lawmaker legislator mp senator congressman congresswoman deputy voter citizen supporter
    backer activist family relative resident protester protestor demonstrator critic opponent expert
    analyst observer economist fan ally veteran soldier fighter worker employee shareholder investor
    customer patient student teacher doctor nurse commentator newspaper media broadcaster outlet
    daily website channel settler hardliner rebel dissident backbencher politician columnist author
    academic professor scholar survivor hostage prisoner captive civilian
    """
)
"""People who belong to a body and speak for themselves: "a Labour MP", "Verian voters"."""

PERSON_ROLES = frozenset(
    noun_table(
        """
    official spokesman spokeswoman spokesperson negotiator representative source leader minister
    president premier chancellor chief head chairman chairwoman chair director manager executive
    boss officer envoy diplomat ambassador adviser advisor aide secretary commander general lawyer
    attorney prosecutor mediator member mayor governor judge analyst expert economist senator
    lawmaker man woman resident mother father teacher doctor nurse worker professor activist critic
    opponent witness survivor colleague steward owner founder ceo analyst
    """
    )
)
"""Singular nouns "he" or "she" can stand for."""

OFFICES = words("""
    spokesman spokeswoman spokesperson minister president premier chancellor chairman chairwoman chair
    chairperson director executive ambassador commander secretary mayor governor prosecutor superintendent
    founder ceo cfo coo treasurer commissioner
""")
"""Offices one person holds at a time: they say who spoke although no name is printed."""

TITLES = words("""
    mr mrs ms miss dr prof professor sir dame lord lady sheikh sheik king queen prince princess
    president minister prime premier chancellor secretary senator sen rep representative congressman
    congresswoman governor gov mayor general gen colonel col captain capt lt lieutenant sgt major
    admiral judge justice chief leader chairman chairwoman chair director envoy ambassador spokesman
    spokeswoman spokesperson commissioner pope cardinal bishop archbishop rabbi imam ayatollah
    reverend rev adviser advisor negotiator coordinator official deputy vice foreign finance defence
    defense interior security treasury home affairs ceo boss attorney lawyer superintendent party
    opposition former mp councillor speaker whip baroness baron officer head
""")
"""Words in front of a name that are not part of it."""

OUTLET_HEADS = words("""
    times bank voice party university club museum church house radio book
""")
"""Capitalised heads before "of X" that name something else than X ("Times of Mirea")."""

NAMED_AFTER = words("""
    foundation initiative institute library center centre university college school museum tower towers
    airport street avenue square bridge hospital prize award act law doctrine airlines hotel hotels stadium
    organization organisation trust fund
""")
"""Capitalised words that make of a person's name before them the name of something else."""
