"""The tags of RIS and of PubMed's format, and the lines that they stand in.

References
----------
https://web.archive.org/web/20120526103719/http://refman.com/support/risformat_intro.asp
https://github.com/MrTango/rispy/blob/main/rispy/config.py
"""

from __future__ import annotations

import re

_TWO_CHARACTERS = """
A1 A2 A3 A4 A5 A6 AB AC AD AI AN AR AU AV BN BT C1 C2 C3 C4 C5 C6 C7 C8 CA CC CI CL CN
CP CR CT CY DA DB DE DI DO DP ED EI EM EP ER ET FD FU FX GA H1 H2 ID IS J1 J2 J9 JA JF
JI JO JP K1 KW L1 L2 L3 L4 LA LB LK LN LV M1 M2 M3 M4 MA MH N1 N2 NL NO NR NS NV OI OP
OT PA PB PD PG PI PM PP PT PU PY RI RN RP SC SE SL SN SP ST SU SV T1 T2 T3 TA TC TI TS
TT TY U1 U2 U3 U4 U5 UR UT VL VO WC WE WP WT WV XR Y1 Y2 YR Z9 ZZ
"""
#: Longer ones that stand in RIS files of some programs.
SPELLED_OUT = frozenset(
    {
        "DOI",
        "EISSN",
        "ISBN",
        "ISSN",
        "LANG",
        "NIHMS",
        "ORCID",
        "PMC",
        "PMCID",
        "PMID",
        "PUBMED",
        "URL",
    }
)
#: What the format has, and what programs use besides.
RIS_TAGS = frozenset(_TWO_CHARACTERS.split()) | SPELLED_OUT
#: Fields of text, which no record carries over, and in which a line may look tagged.
PROSE = frozenset({"AB", "N2", "N1", "NO", "KW", "AD", "MH", "RN", "OAB", "OT", "CR"})

#: A tag of two characters; a longer one that is known; one that may be a word.
RIS_LINE = re.compile(
    r"(?:(?P<tag>[A-Z][A-Z0-9]) {1,2}(?=-)"
    rf"|(?P<spelled>{'|'.join(sorted(SPELLED_OUT))}) {{0,2}}(?=[:-] )"
    r"|(?P<other>[A-Z][A-Z0-9]{2,7}) {1,2}(?=- ))"
    r"[:-] ?(?P<value>.*)"
)
#: What stands between two fields on one line.
RIS_GLUED = re.compile(r"(?<! ) {3,}(?=[A-Z][A-Z0-9] {2}- )")
NBIB_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9]{1,3}) {0,2}- ?(?P<value>.*)")
