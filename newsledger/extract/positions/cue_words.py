"""Words that take a stance, as data: (PLOVER class, sign) -> phrases in dictionary form. Our own lists."""

from __future__ import annotations

VERBS: dict[tuple[str, int], str] = {
    ("agree", 1): """
        agree; decide to; vote to; opt to;
        agree to; agree on; pass; consent to; assent to; accept; approve; approve of; ok; okay;
        greenlight; adopt; ratify; sign; sign off on; sign up to; sign on to; come round to; come
        around to; acquiesce in; settle for; vote for; vote in favour of; vote in favor of; vote
        through; authorise; live with; go along with; cooperate with; co-operate with; subscribe to;
        say yes to; rubber-stamp; give its blessing to; give the go-ahead to; give the green light
        to; clear; wave through; go ahead with; press ahead with; push ahead with; pledge; vow;
        promise; commit to;
        undertake; swear; intend; plan; resolve; concur with; volunteer; offer;
        accede to; push through; press on with; move ahead with; forge ahead with; push on with;
        proceed with; stick with; nod through; usher in; enact; grant; impose; introduce; say yes;
        give its assent to; give its approval to; give its consent to; sign up for; opt for; plump for;
        warm to; warm to the idea of; come on board with; row in behind; keep faith with; abide by; honour
    """,
    ("concede", 1): "concede; yield to; give in to; bow to; relent on; cave in to; back down on; "
    "resign itself to; reconcile itself to; give way to",
    ("support", 1): """
        support; maintain; back; endorse; embrace; champion; favour; favor; welcome; hail; praise;
        applaud;
        commend; laud; advocate; defend; promote; uphold; stand by; stand behind; recognise; side
        with; rally behind; throw weight behind; keep the door open for; keep the door open to; open
        the door to; leave the door open to;
        pave the way for; clear the way for; join calls for; join the call for; join the calls for;
        echo calls for; echo the call for; respond positively to; react positively to; hope;
        hope for; wish; wish for; prefer; look forward to; celebrate; argue for; speak in favour
        of; speak in favor of; come out in favour of; come out in favor of; espouse; sponsor;
        co-sponsor; be for; lobby for; campaign for; vouch for; cheer; greet; believe in; be in
        favour of;
        be in favor of; get behind; line up behind; swing behind; rally around; make the case for;
        make a case for; see merit in; see the merit of; speak up for; plead the case for; come out for;
        come out in support of; speak in support of; take the side of; put weight behind; lend support to;
        give support to; have no objection to; have no objections to; have nothing against;
        have no problem with; see nothing wrong with; see no harm in;
        trumpet; tout; salute; relish; cherish; cling to; hold fast to; rejoice at;
        congratulate
    """,
    ("request", 1): """
        call for; call on; call upon; sue; demand; seek; want; insist on; insist; urge; request; ask;
        ask for; appeal for; appeal to; press; press for; push; push for; plead for; plead with;
        beg; beg for; require; petition for; order; instruct; tell; propose; suggest; recommend;
        work; work for; work toward; work towards; aim; aim for; strive for; persuade; convince;
        encourage; lobby; campaign; need; hold out for; stick to; stand firm on; reiterate; put
        forward; clamour for; pressure; pressurise; would like; fight for; strike for; march for;
        sue for; apply for; petition; petition for; vie for; stump for; keep pressing for; agitate
        for; hear of; see a need for; see the need for; see need for;
        implore; beseech; entreat; exhort; nudge; prod; prevail on; prevail upon; set sights on;
        angle for; yearn for; long for; bid for; file for; argue in favour of; argue in favor of; advise;
        counsel; stand for; put up with; brook; mean to; table; lobby in favour of; step up calls for;
        renew calls for; repeat calls for; add voice to calls for
    """,
    ("reject", -1): """
        reject; refuse; oppose; rule out; resist; balk at; baulk at; rebuff; spurn; turn down;
        dismiss; veto; vote against; vote down; vote no on; object to; shoot down; throw out;
        speak against; speak out against; come out against; campaign against; lobby against;
        fight; fight against; walk away from; pull out of; back out of; hold out against; scrap;
        shelve; shun; repudiate; disavow; disapprove of; disagree with; contest; challenge; push
        back against; push back on; argue against; stand against; brush aside; brush off; rail
        against; boycott; snub; decline; deny; back away from; renege on; go back on; walk back;
        see no need for; see no reason for; see no reason to; see no need to; see no case for;
        see no room for;
        see no point in; have no intention of; have no time for; have no part in; take no part in;
        draw the line at; advise against; counsel against; say no to; hate; loathe; detest; dislike;
        quash; strike down; torpedo; stonewall; discard; give short shrift to; pour cold water on;
        throw cold water on; take issue with; take exception to; bristle at; recoil from; scoff at;
        sneer at; shrink from; shy away from; steer clear of; turn back on; slam the door on;
        shut the door on; close the door on; close the door to; shut the door to; rule against;
        come down against; line up against; mobilise against; rally against; march against;
        demonstrate against; go to court against; appeal against; take legal action against; sue over;
        stand firm against; stand in the way of; frown on; frown upon; scorn; backtrack on; retreat from;
        reverse course on; row back on; row back from; distance itself from; dissociate itself from;
        forswear; abstain from; hold back from; refrain from; see no merit in; see no sense in;
        see no use for; see no way to; have no interest in; have no plans to; have no plans for;
        have no wish to; have no desire to; show no interest in; make a stand against; take a stand against;
        break with; part ways with; vote no; want nothing to do with; want no part of; have nothing to do with
    """,
    ("accuse", -1): """
        denounce; condemn; criticise; blast; slam; decry; deplore; lambast; lambaste; protest;
        protest against; castigate; deride; ridicule; berate; regret; lament; hit out at; lash out at;
        rail at; inveigh against; attack; assail; bemoan; complain about; complain of; rubbish; trash;
        savage; bewail; rue; fume at; fume over; take aim at; sound the alarm over; sound the alarm about;
        mourn
    """,
    ("threaten", -1): "warn against; warn of; fear; caution against; dread",
}
NOUNS: dict[tuple[str, int], str] = {
    ("request", 1): """
        demand; call; appeal; request; insistence; desire; wish; hope; push; bid; signatures for;
        petition for; motion for; plea; proposal;
        preference; motion; petition; application; ambition;
        ultimatum; quest; aim; goal; objective; requirement
    """,
    (
        "support",
        1,
    ): "support; backing; endorsement; praise; enthusiasm; advocacy; recognition; welcome; "
    "attachment; love; devotion; adherence; sympathy for; openness to; satisfaction with; pride in; "
    "delight at; relief at; campaign for; lobbying for; crusade for",
    ("agree", 1): """
        approval; acceptance; agreement; commitment; pledge; promise; vow; plan; willingness; readiness;
        intention; consent; offer; blessing; go-ahead; green light; determination; resolve; decision to
    """,
    ("reject", -1): """
        refusal; rejection; opposition; objection; resistance; veto; reluctance; unwillingness;
        hostility; denial; aversion; campaign against; complaint against; complaints against; appeal
        against;
        lawsuit against; suit against; protest against; protests against; petition against; vote
        against; motion against;
        crusade against; fight against; struggle against; warning against; legal challenge to;
        challenge to; legal action
        against; injunction against; misgivings about; reservations about; unease about; unease over;
        unease at; disquiet over; disquiet at; disquiet about; disapproval of; dislike of; contempt for;
        disdain for; scepticism about; skepticism about; distaste for; rally against
    """,
    ("accuse", -1): "condemnation; criticism; denunciation; outrage; anger at; fury at; dismay at; "
    "anger over; alarm at; alarm over; fury over; indignation at; horror at; disgust at; concerns about; "
    "concerns over",
}
ADJECTIVES: dict[tuple[str, int], str] = {
    ("support", 1): """
        in favour of; in favor of; supportive of; open to; enthusiastic about; committed to;
        behind; pleased with; happy with; sympathetic to; fully behind; all for; grateful for;
        satisfied with; supportive; favourable to; favorable to; delighted with; delighted by;
        delighted at; heartened by; encouraged by; proud of; on board with; amenable to; receptive to;
        in support of; united behind; solidly behind; squarely behind; interested in; glad about
    """,
    ("agree", 1): """
        ready; willing; prepared; happy; determined; committed; eager; set on; keen; keen on; intent
        on; bent on; content; ready for; minded to; inclined to; resolved; resolved to
    """,
    ("reject", -1): """
        unwilling; reluctant; opposed to; opposed; against; hostile to; averse to; loath;
        unprepared; in no mood; in no hurry; far from ready; nowhere near; dead set against; firmly
        against; unhappy with; unhappy about; dismissive of;
        critical of; not ready; wary of; averse; angry at; angry about; furious at; furious about;
        outraged by; outraged at; sceptical of; skeptical of; sceptical about; skeptical about; cool on;
        uneasy about; uneasy with; uncomfortable with; alarmed by; alarmed at; appalled by; appalled at;
        dismayed by; dismayed at; horrified by; horrified at; up in arms over;
        up in arms about; united against; dead against; disgusted by; incensed by; scathing about;
        scornful of; contemptuous of; sick of
    """,
}
NEGATED_ONLY = frozenset(("hear of", "stand for", "interested in", "put up with", "brook"))
"""Phrases that take a stance only where they are denied ("would not hear of it")."""
