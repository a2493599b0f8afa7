"""Words that call a thing good or bad, as data: general English, of no story.

They count only where they are said of a topic ("the levy is daylight robbery", "called it overdue"), in
somebody's own words. Words that only describe ("big", "new") or cut both ways ("radical") are left out.
"""

from __future__ import annotations

from newsledger.extract.language.inflect import noun_table, sequences, verb_table
from newsledger.extract.language.wordlist import words

BAD = words("""
    absurd abominable abysmal alarming appalling arbitrary atrocious awful bad baseless brutal callous
    catastrophic clumsy corrosive counterproductive crazy criminal cruel cynical damaging dangerous
    dead deadly deceitful defective deplorable despicable destructive detrimental devastating disastrous
    discriminatory disgraceful disgusting dishonest dishonourable disproportionate disrespectful divisive
    doomed dreadful dubious excessive extreme false farcical fatal flawed foolish fraudulent frightening
    futile grotesque harmful hasty heartless hollow hopeless horrible horrific humiliating
    hypocritical idiotic
    illegal illegitimate ill-conceived ill-timed immoral impossible impractical improper inadequate
    inappropriate incoherent incomprehensible indefensible inexcusable inhuman inhumane insane
    insufficient insulting intolerable irrational irresponsible ludicrous mad meaningless misguided
    mistaken monstrous naive needless nonsensical obscene obsolete offensive outrageous painful pathetic
    perverse pointless poisonous premature preposterous punitive reckless repugnant repulsive ridiculous
    risky ruinous scandalous senseless shabby shameful shameless short-sighted shortsighted
    sickening sinister
    stupid suicidal superfluous terrible toxic tragic troubling unacceptable unaffordable unbearable
    uncalled-for unconscionable unconstitutional undemocratic undesirable unethical unfair unfounded
    ungodly unhelpful unjust unjustifiable unjustified unlawful unnecessary unneeded unrealistic
    unreasonable
    unsafe unsound unsustainable untenable unthinkable unwarranted unwelcome unwise unworkable useless
    vindictive wasteful worse worst worthless wrong wrongheaded wrong-headed
""") | frozenset(noun_table("""
    abomination absurdity abuse affront aggression amputation assault attack bankruptcy barbarism
    betrayal
    blackmail blow bluff blunder bribe burden calamity capitulation cataclysm catastrophe charade cheat
    circus con crime curse danger deception defeat dictatorship disaster disgrace disservice distraction
    error extortion failure farce fiasco fig-leaf folly fraud gamble gimmick hoax humiliation hypocrisy
    impossibility indignity infamy injustice insanity insult joke lie looting madness mess mistake
    mockery monstrosity murder mutilation nightmare non-starter nonstarter nonsense nuisance
    obscenity outrage overreach
    pain panic plunder poison ploy pretence provocation punishment racket raid recklessness regression
    retreat ripoff rip-off risk robbery ruin sabotage sacrilege scam scandal sell-out sellout sham shame
    sin slap smokescreen stitch-up stunt suicide surrender swindle theatre theater theft threat tragedy
    trap travesty treachery treason tyranny usurpation vandalism violation waste whitewash
    bullying butchery power-grab fantasy pantomime
"""))  # fmt: skip
GOOD = words("""
    acceptable admirable affordable appropriate attractive beneficial best better bold brilliant
    compulsory constructive correct courageous credible crucial decent deserved desirable effective
    encouraging enough sufficient
    essential excellent fair fantastic feasible fine fitting good great healthy helpful historic honest
    humane ideal imperative important indispensable inevitable inspired invaluable just justified
    key lawful
    legal legitimate logical mandatory marvellous momentous natural necessary needed non-negotiable
    nonnegotiable obligatory overdue paramount perfect positive practical practicable principled
    promising proper prudent realistic reasonable responsible right rightful safe sane sensible
    sound splendid
    superb sustainable timely tremendous unavoidable urgent useful valid valuable vital welcome wise
    wonderful
    workable worthwhile worthy
""") | frozenset(noun_table("""
    achievement advance aim asset benefit blessing boon boost breakthrough cornerstone cure duty
    gain gift godsend goal guarantee imperative improvement investment landmark lifeline lifebelt
    medicine milestone
    must necessity objective obligation opportunity prerequisite priority progress remedy relief
    safeguard salvation
    solution success triumph victory win
"""))  # fmt: skip
BAD_PHRASES = sequences("""
    out of the question; off the table; red line; red lines; dead on arrival; no go; a bridge too
    far; a step too far; dead in the water; dead letter; dead end;
    on the fire; declaration of war; act of war; slap in the face; no option; not an option; no place;
    last thing; step backwards; step back; step in the wrong direction; wrong direction; wrong way;
    wrong time;
    wrong answer; bad idea; gift to; nail in the coffin; race to the bottom; too much; too far; too
    high; too early;
    too little; too late; too expensive; too costly; too dangerous; too risky; no sense; no good; no
    use; no help; no answer; no solution; no substitute;
    no way; not worth; recipe for; daylight robbery; licence to; license to; blank cheque; blank
    check; death
    sentence; death warrant; own goal; poisoned chalice; waste of; not enough; nothing but;
    none of; beyond the pale; a step backward; stab in the back; kick in the teeth; witch hunt;
    fool's errand
""")
GOOD_PHRASES = sequences("""
    only way; only solution; only option; only answer; only road; only path; only chance; only hope;
    only fair; only right;
    only formula; only sensible; best way; best chance; best option; best solution; best hope;
    right thing; right way; right time; right move; right decision; right step; right direction; in
    the interest;
    in the interests; long overdue;
    way forward; way out; step forward; good idea; good news; good for; good thing; matter of
    survival; matter of
    justice; matter of principle; matter of time; matter of life; least we; the least; worth it;
    worth the;
    makes sense; make sense; made sense; common sense; no alternative; without alternative; good enough;
    need of the hour; question of fairness; question of justice; question of principle;
    question of survival; question of decency; question of honour; matter of fairness;
    matter of decency; matter of honour; matter of urgency; matter of common sense;
    win for; what the country needs; what voters ordered; what the voters
""")
HARMING = verb_table("""
    harm damage hurt endanger jeopardise cripple devastate destroy ruin violate threaten undermine
    betray weaken cost fail collapse end stop cease worsen punish wreck die backfire imperil
    bankrupt poison kill divide humiliate insult rob cheat steal sabotage derail poison strangle starve
    mock disgrace offend ignore gut hollow burden penalise
""")
HELPING = verb_table("""
    benefit help save boost improve strengthen protect succeed proceed pass prevail serve deserve
    restore secure ease heal guarantee safeguard ensure rescue
""")
VIEWING = verb_table("regard see view consider describe portray treat depict characterise denounce condemn "
                     "dismiss deride praise hail welcome celebrate")  # fmt: skip
"""Verbs that judge their object with "as" ("regards it as a threat")."""
IF_NOT = sequences("""
    an option; on the table; on the agenda; the answer; an answer; up for negotiation; up for
    discussion; negotiable;
    on the cards; in the cards; going to happen; a solution; possible; feasible; the way; the
    solution; what; an
    alternative; acceptable; in the interest; in the interests; worth; enough; needed; for sale; a
    priority; realistic
""")
"""What calls a thing bad where it is denied, but not good where it is affirmed ("is not on the table")."""
NO_CASE = sequences("""
    no case for; no need for; no reason for; no reason to; no room for; no place for; no
    justification for; no point in;
    no question of; no appetite for; no majority for; no basis for; no grounds for; no argument for;
    no excuse for;
    no mandate for; no support for; no legal basis for; no future for; no chance of; no sense in; no
    use in;
    nothing to gain from; no time for; no need to; no point to; no way to; no merit in; no benefit
    in; no value in; no prospect of
""")
"""What, right before a topic, says that it should not be."""
NO_WAY_AROUND = sequences("""
    no alternative to; no way around; no way past; no way round; no substitute for; no choice but;
    no option
    but; nothing wrong with; no objection to; no objections to; no harm in; nothing against; every
    reason for; every reason to;
    good case for; strong case for; case for; time for; high time for
""")
"""What, right before a topic, says that it should be."""
