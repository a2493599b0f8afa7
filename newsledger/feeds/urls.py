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
xtor guccounter guce_referrer guce_referrer_sig taid sr_share ito ftcamp
traffic_source feedtype feedname wt.mc_id wt.nav wt_mc wtmc cmp ncid ftag icid
spm scm trk trkcampaign mbid sh_kit spref
"""
# In this order: tags of analytics programs, click identifiers of networks and mail programs, and what
# single publishers add to the links in their feeds and share buttons.
TRACKING_PARAMETERS = frozenset(_TRACKING.split())
"""Exact parameter names, in lower case, that never choose what a page shows."""

_AMP_PARAMETERS = frozenset({("amp", ""), ("amp", "1"), ("amp", "true"), ("outputtype", "amp")})
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SAFE = "/:@!$&'()*+,;=-._~%"
_AMP_CACHE = re.compile(r"^/(?:[civ]/)?(?:s/)?([^/]+\.[^/]+)(/.*)?$")
_SECOND_LEVEL = frozenset({"co", "com", "org", "net", "gov", "ac", "edu", "gob"})


def normalise_url(url: str) -> str:
    """Return one spelling of an address that leads to the same page.

    Lower-cased scheme and host, no default port, no fragment, no tracking parameter, percent signs
    spelt one way. Parameters that are not known keep their order and their value. Applying it twice
    changes nothing; what is no http(s) address comes back stripped of spaces only.
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
    return urlunsplit((scheme, host, _path(parts.path), _query(parts.query), ""))


def _host(parts: SplitResult, scheme: str, port: int | None) -> str:
    name: str = (parts.hostname or "").rstrip(".")
    if ":" in name:
        name = f"[{name}]"
    return name if port in (None, _DEFAULT_PORTS[scheme]) else f"{name}:{port}"


def _path(path: str) -> str:
    """Return the path with one spelling of its escapes; an escaped slash stays escaped."""
    pieces = [quote(unquote(piece, errors="surrogateescape"), safe=_SAFE.replace("/", "").replace("%", ""),
                    errors="surrogateescape") for piece in path.split("/")]  # fmt: skip
    return "/".join(pieces) or "/"


def _query(query: str) -> str:
    kept = [part for part in query.split("&") if part and not _is_tracking(part)]
    return "&".join(kept)


def _is_tracking(part: str) -> bool:
    return unquote(part.partition("=")[0]).lower() in TRACKING_PARAMETERS


def identity_key(url: str) -> str:
    """Return the key under which an article at this address is known again.

    As :func:`normalise_url`, and http and https, ``www.``, mobile and AMP forms, and a trailing slash
    are one. Two pages under one key are still one article only when their texts agree, which
    ``newsledger.dedupe.identify`` checks.
    """
    parts = urlsplit(_from_amp_cache(normalise_url(url)))
    if not parts.hostname:
        return url.strip()
    host = re.sub(r"^(?:www\d?|amp|m|mobile)\.(?=[^.]+\.[^.]+)", "", parts.netloc)
    host = re.sub(r":(?:80|443)$", "", host)
    path: str = re.sub(r"(?:/amp|\.amp)(?=\.html?$|/?$)", "", re.sub(r"^/amp(?=/.)", "", parts.path))
    query = "&".join(part for part in parts.query.split("&") if part and not _is_amp(part))
    return urlunsplit(("https", host, path.rstrip("/") or "/", query, ""))


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
