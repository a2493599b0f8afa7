"""Addresses: one spelling for each, and the key by which an article is known again.

Greedy cleaning merges articles (``?eid=``, ``?gallery=`` often *are* the article), so only parameters
whose exact name is known to carry campaign or session data are dropped; anything unknown stays.
"""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit, urlunsplit

_TRACKING = """
utm_source utm_medium utm_campaign utm_term utm_content utm_id utm_name utm_cid utm_reader
utm_referrer utm_social utm_social-type utm_brand utm_pubreferrer utm_swu utm_viz_id
utm_source_platform utm_creative_format utm_marketing_tactic mtm_source mtm_medium mtm_campaign
mtm_keyword mtm_content mtm_cid mtm_group mtm_placement pk_source pk_medium pk_campaign pk_keyword
pk_kwd pk_content pk_cid hsa_acc hsa_cam hsa_grp hsa_ad hsa_src hsa_tgt hsa_kw hsa_mt hsa_net hsa_ver
at_medium at_campaign at_custom1 at_custom2 at_custom3 at_custom4 at_link_id at_link_type
at_link_origin at_ptr_name at_bbc_team at_format at_campaign_type
fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid ysclid twclid ttclid igshid igsh li_fat_id
mc_cid mc_eid mkt_tok _hsenc _hsmi __hssc __hstc __hsfp hsctatracking oly_anon_id oly_enc_id
vero_id vero_conv wickedid rb_clickid s_cid ml_subscriber ml_subscriber_hash _openstat
fb_action_ids fb_action_types fb_source fb_ref action_object_map action_type_map action_ref_map
srsltid epik __twitter_impression _ga _gl cmpid
ns_mchannel ns_source ns_campaign ns_linkname ns_fee ocid smid smtyp partner-rss maca
xtor guccounter guce_referrer guce_referrer_sig sr_share ftcamp
traffic_source wt.mc_id wt.nav wt_mc wtmc cmp trkcampaign sh_kit spref
amp_js_v amp_gsa amp_lite amp_r usqp phpsessid jsessionid
"""
# In this order: tags of analytics programs, click identifiers of networks and mail programs, what publishers
# add to the links in their feeds and share buttons, and what AMP caches and sessions leave behind.
_OF_HOSTS = """
nytimes.com: ref referringsource hp action pgtype module region contentcollection contentplacement emc partner
nytimes.com: searchresultposition unlocked_article_code campaign_id instance_id segment_id user_id regi_id
nytimes.com: nl te
washingtonpost.com: itid noredirect tid hpid wpisrc wpmm pwapi_token
wsj.com: mod reflink st
ft.com: sharetype segmentid desktop
bloomberg.com: srnd sref leadsource
cnbc.com: __source
cnn.com: iid hpt eref
reuters.com: taid rpc edition-redirect
huffpost.com: ncid
cbsnews.com: ftag intcid
zdnet.com: ftag
dailymail.co.uk: ito
metro.co.uk: ito
wired.com: mbid
newyorker.com: mbid
vanityfair.com: mbid
forbes.com: sh ss
spiegel.de: sara_ref
yahoo.com: .tsrc soc_src soc_trk ncid
linkedin.com: trk
sina.com.cn: spm
sohu.com: spm scm
msn.com: cvid pc
"""
# Names that choose the article elsewhere, and what their publishers use them for. Unknown hosts keep them:
# one article under two keys is found by its text, two articles under one key are lost.
TRACKING_PARAMETERS = frozenset(_TRACKING.split())
"""Exact parameter names, in lower case, that never choose what a page shows."""


def _by_host() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in _OF_HOSTS.strip().splitlines():
        host, _, names = line.partition(": ")
        found.setdefault(host, set()).update(names.split())
    return {host: frozenset(names) for host, names in found.items()}


HOST_PARAMETERS = _by_host()
"""The same for single publishers, by their registered host."""
_ALIASES = {
    "bbc.com": "bbc.co.uk",
    "edition.cnn.com": "cnn.com",
    "us.cnn.com": "cnn.com",
    "lite.cnn.com": "cnn.com",
    "international.nytimes.com": "nytimes.com",
}
"""Hosts on which a publisher shows the same articles at the same paths."""
_AMP_PARAMETERS = frozenset({
    ("amp", ""), ("amp", "1"), ("amp", "true"), ("outputtype", "amp"), ("output", "amp"), ("view", "amp"),
    ("service", "amp"),
})  # fmt: skip
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAFE = "/:@!$&'()*+,;=-._~%"
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SESSION = re.compile(r";(?:jsessionid|phpsessid)=[^/;]*", re.IGNORECASE)
_AMP_CACHE = re.compile(r"^/(?:[civ]/)?(?:s/)?([^/]+\.[^/]+)(/.*)?$")
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "gob"})


def normalise_url(url: str) -> str:
    """Return one spelling of an address that leads to the same page.

    Lower-cased scheme and host, no default port, no fragment (unless it is a page's route, ``#!/article/5``),
    no tracking parameter, no session in the path, percent signs spelt one way. Parameters that are not known
    keep their order and their value. Applying it twice changes nothing; what is no http(s) address comes back
    stripped of spaces only.
    """
    text = url.strip()
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        return text
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS or not parts.hostname:
        return text
    host = _host(parts, scheme, port)
    route = parts.fragment if parts.fragment[:1] in ("!", "/") and len(parts.fragment) > 1 else ""
    return urlunsplit((scheme, host, _path(parts.path), _query(parts.query, host), route))


def _host(parts: SplitResult, scheme: str, port: int | None) -> str:
    name: str = (parts.hostname or "").rstrip(".")
    if ":" in name:
        name = f"[{name}]"
    return name if port in (None, _DEFAULT_PORTS[scheme]) else f"{name}:{port}"


def _path(path: str) -> str:
    """Return the path with one spelling of its escapes (RFC 3986, 6.2.2): an escaped slash stays escaped."""
    plain = _ESCAPE.sub(_one_spelling, _SESSION.sub("", path))
    return quote(plain, safe=_SAFE, errors="surrogateescape") or "/"


def _one_spelling(escape: re.Match[str]) -> str:
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()


def _query(query: str, host: str) -> str:
    own = HOST_PARAMETERS.get(site_of(f"//{host}"), frozenset())
    kept = [part for part in query.split("&") if part and not _is_tracking(part, own)]
    return "&".join(kept)


def _is_tracking(part: str, own: frozenset[str]) -> bool:
    name = unquote(part.partition("=")[0]).lower()
    return name in TRACKING_PARAMETERS or name in own


def identity_key(url: str) -> str:
    """Return the key under which an article at this address is known again.

    As :func:`normalise_url`, and http and https, ``www.``, mobile and AMP forms, a publisher's other hosts, a
    trailing slash and ``index.html`` are one. Two pages under one key are still one article only when their
    texts agree, which ``newsledger.dedupe.identify`` checks.
    """
    parts = urlsplit(_from_amp_cache(normalise_url(url)))
    if not parts.hostname:
        return url.strip()
    host = re.sub(r"^(?:www\d?|amp|m|mobile)\.(?=[^.]+\.[^.]+)", "", parts.netloc)
    host = re.sub(r":(?:80|443)$", "", host)
    host = _ALIASES.get(host, host)
    path: str = re.sub(r"(?:/amp|\.amp)(?=\.html?$|/?$)", "", re.sub(r"^/amp(?=/.)", "", parts.path))
    path = re.sub(r"(?<=./)index\.html?$", "", path)
    query = "&".join(part for part in parts.query.split("&") if part and not _is_amp(part))
    return urlunsplit(("https", host, path.rstrip("/") or "/", query, parts.fragment))


def _is_amp(part: str) -> bool:
    name, _, value = part.partition("=")
    return (name.lower(), value.lower()) in _AMP_PARAMETERS


def _from_amp_cache(url: str) -> str:
    """Return the publisher's address out of an AMP cache's (google.com/amp/s/..., cdn.ampproject.org)."""
    parts = urlsplit(url)
    host, path = parts.hostname or "", parts.path
    if host.startswith("www.google.") and path.startswith("/amp/"):
        path = path.removeprefix("/amp")
    elif not host.endswith(".cdn.ampproject.org"):
        return url
    match = _AMP_CACHE.match(path)
    if not match:
        return url
    return urlunsplit(("https", str(match[1]), str(match[2] or "/"), parts.query, ""))


def is_home(url: str) -> bool:
    """Return whether the address is a site's front page."""
    parts = urlsplit(url)
    page = parts.path.strip("/").lower()
    return page in ("", "index.html", "index.htm", "index.php", "home") and not parse_qsl(parts.query)


def site_of(url: str) -> str:
    """Return the host without its sub-domains ("news.example.co.uk" is "example.co.uk")."""
    host = (urlsplit(url).hostname or "").lower()
    labels = host.split(".")
    if host.replace(".", "").isdigit() or ":" in host or len(labels) < 3:
        return host
    size = 3 if len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    return ".".join(labels[-size:])
