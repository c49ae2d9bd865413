"""Names whose signs and hyphens the word rule would lose: C++ must not be found as the letter C."""

import re
from typing import Final

# A Hangul syllable ends a Latin name (GPU를), so only other letters and digits count as its neighbours.
EDGE_BEFORE: Final = r"(?<![^\W_가-힣])"
EDGE_AFTER: Final = r"(?![^\W_가-힣])"

# token that stands in the index → pattern over normalised text; a name ending in a sign needs no edge after
# it (C++17).
PATTERNS: Final[dict[str, str]] = {
    "cpp": rf"{EDGE_BEFORE}(?:c\+\+|cpp{EDGE_AFTER}|cplusplus{EDGE_AFTER})",
    "csharp": rf"{EDGE_BEFORE}(?:c#|c[- ]?sharp{EDGE_AFTER})",
    "fsharp": rf"{EDGE_BEFORE}(?:f#|f[- ]?sharp{EDGE_AFTER})",
    "dotnet": rf"(?:(?<![\w])\.net{EDGE_AFTER}|{EDGE_BEFORE}dotnet{EDGE_AFTER})",
    "f1": rf"{EDGE_BEFORE}f-?1{EDGE_AFTER}",
    "kmeans": rf"{EDGE_BEFORE}k[- ]?means{EDGE_AFTER}",
    "knn": rf"{EDGE_BEFORE}k-?nn{EDGE_AFTER}",
    "r2": rf"{EDGE_BEFORE}r(?:²|\^2|2|[- ]?squared){EDGE_AFTER}",
    "sklearn": rf"{EDGE_BEFORE}(?:scikit[- ]?learn|sklearn){EDGE_AFTER}",
    "nodejs": rf"{EDGE_BEFORE}node\.?js{EDGE_AFTER}",
    "wifi": rf"{EDGE_BEFORE}wi-?fi{EDGE_AFTER}",
}

ANY_ALIAS: Final = re.compile("|".join(f"(?P<{token}>{pattern})" for token, pattern in PATTERNS.items()))
