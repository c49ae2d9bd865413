"""Every fault that a credential, or what was handed in for one, can have; each with its English sentence."""

from collections.abc import Mapping
from typing import Final

from dure.engines.faults import gettext_noop

FAULTS: Final[Mapping[str, str]] = {
    "credential_algorithm": gettext_noop("It is signed with “%(found)s”; ours are signed with RS256 only."),
    "credential_baked_already": gettext_noop("The picture holds a credential already."),
    "credential_claim": gettext_noop("The claim “%(claim)s” does not agree with the credential beside it."),
    "credential_empty": gettext_noop("Nothing was handed in."),
    "credential_expired": gettext_noop("It was valid until %(at)s."),
    "credential_file_too_large": gettext_noop("The file is larger than %(limit)s."),
    "credential_headers": gettext_noop("Its header holds entries that no credential may have: %(names)s."),
    "credential_issuer": gettext_noop("It names another issuer (%(found)s) than the owner of the key."),
    "credential_malformed": gettext_noop("This is no signed credential: it cannot be read as one."),
    "credential_missing": gettext_noop("A required part is missing: %(field)s."),
    "credential_no_issuer_keys": gettext_noop(
        "No RSA key of at least 2,048 bits stands there, as a JWK Set or as one JWK."
    ),
    "credential_no_svg": gettext_noop("This is no SVG picture that can be read safely."),
    "credential_not_baked": gettext_noop("The picture holds no credential."),
    "credential_not_yet_valid": gettext_noop("It is valid from %(at)s only."),
    "credential_png": gettext_noop(
        "Credentials in PNG pictures are not read. Hand in the .jwt file or the SVG picture."
    ),
    "credential_private_key": gettext_noop("Its header holds a private key."),
    "credential_revoked": gettext_noop("Its issuer has revoked it."),
    "credential_signature": gettext_noop("The signature is wrong: it was forged, or changed after signing."),
    "credential_status_unknown": gettext_noop("Whether it was revoked cannot be found out here."),
    "credential_time": gettext_noop("This is no date and time: %(field)s."),
    "credential_too_long": gettext_noop("It is longer than %(limit)s characters."),
    "credential_truncated": gettext_noop("Its end is missing: it was cut off on the way."),
    "credential_type": gettext_noop("Its type is “%(found)s” where “JWT” is wanted."),
    "credential_unknown_key": gettext_noop("It was not signed with a key of this issuer."),
    "credential_unsigned": gettext_noop("The file holds the words of a credential, but no signature."),
}
IN_BYTES: Final = frozenset({"credential_file_too_large"})
