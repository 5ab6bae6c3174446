"""In which language a text is written, as far as its commonest words tell.

English abstracts and short sentences are what libraries get wrong, and a wrong refusal
costs more than a page read in vain: words that no other language has decide, and only
where there are enough.
"""

from __future__ import annotations

import re
from typing import NamedTuple

ENGLISH = "English"
#: Characters looked at; a page's language shows long before.
_LOOKED_AT = 200_000
#: Different words that must be found before a language is named.
_FEWEST = 3
#: How often as many words of another language as of English there must be.
_MORE = 2
#: Share of the letters that decides for a script.
_MOST = 0.5

_SCRIPTS = (
    ("Japanese", "\u3040-\u30ff\u31f0-\u31ff"),
    ("Korean", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"),
    ("Chinese", "\u3400-\u4dbf\u4e00-\u9fff"),
    ("Russian", "\u0400-\u052f"),
    ("Arabic", "\u0600-\u06ff\u0750-\u077f"),
    ("Greek", "\u0370-\u03ff\u1f00-\u1fff"),
    ("Hebrew", "\u0590-\u05ff"),
    ("Hindi", "\u0900-\u097f"),
    ("Thai", "\u0e00-\u0e7f"),
)
#: Kana in this share of Chinese characters make a text Japanese.
_KANA = 0.1
_LETTER = re.compile(r"[^\W\d_]+")

_COMMON = {
    ENGLISH: """
        the of and to in is that for was were with are on at by from this which
        have has had not be been who their after than other there or an as it
        they what when she her you your we our but about would can could should
        may will did do does how if into more most no only out people said some
        such these those between during among all one two patients had years
        months treated treatment
    """,
    "French": """
        le la les des du une et est dans pour que qui sur avec au aux par plus
        ne pas ce cette ces sont ont été être après chez entre leur leurs nous
        vous ils elle mais ou où lui deux ans patients traitement étaient était
    """,
    "Spanish": """
        el la los las del una y es en para que con por más no se su sus este
        esta estos son ha han sido ser después entre como pero o al lo fue
        fueron también años pacientes tratamiento muy dos estaban
    """,
    "German": """
        der die das den dem des ein eine einer einem eines und ist sind war
        waren wurde wurden nicht mit von für auf im zu zur zum bei nach auch
        sich als aus wie oder aber wird werden haben hat über nur noch kann
        Jahren Patienten
    """,
    "Italian": """
        il lo gli della delle dei degli del nel nella una e è sono di che per
        con non più si su al alla anche come ma dopo tra questo questa stato
        stati era erano anni pazienti trattamento due ha hanno
    """,
    "Portuguese": """
        o os as da das do dos uma e é em para que com por mais não se seu sua
        são foi foram ser após entre como mas ou ao na no nas nos também anos
        pacientes tratamento dois estava estavam pela pelo
    """,
    "Dutch": """
        de het een en van is zijn was waren werd werden niet met voor op te bij
        naar ook zich als uit maar wordt worden hebben heeft over nog kan dat
        deze dit die jaar patiënten behandeling door aan om er hun of
    """,
    "Polish": """
        i w z na się nie jest są był była było były że do po od dla przez oraz
        jak ale lub który która które ich lat roku pacjentów leczenia leczenie u
    """,
    "Turkish": """
        ve bir bu için ile da de olarak olan daha çok sonra kadar gibi ama veya
        hastaların hastalar tedavi yıl değil ise her en tedavisi göre oldu
    """,
    "Swedish": """
        och att det som en ett är var för med på av den inte till om från har
        efter eller men de vid också kan år patienter patienterna hade
        behandling
    """,
    "Danish": """
        og at det som en et er var for med på af den ikke til om fra har efter
        eller men de ved også kan år patienter patienterne havde behandling blev
    """,
    "Czech": """
        a v na se že je jsou byl byla bylo byli pro po od do s z u jako ale nebo
        který která které jejich let pacientů léčba léčby
    """,
    "Romanian": """
        și în la de cu pe din care este sunt pentru nu un o ai ale după sau mai
        a fost ani pacienți pacienților tratament tratamentul
    """,
    "Hungarian": """
        a az és hogy nem egy is volt voltak után vagy de meg ez ezt kell év
        évvel betegek kezelés kezelést közül
    """,
    "Vietnamese": """
        và của là có không được cho các trong một người với những này đã sau
        bệnh nhân điều trị năm
    """,
    "Indonesian": """
        dan yang di untuk dengan dari pada ini itu adalah tidak dalam akan atau
        oleh setelah pasien tahun pengobatan
    """,
}


class _Found(NamedTuple):
    """How much of a language's vocabulary a text has."""

    times: int
    different: int
    name: str


def _words() -> dict[str, frozenset[str]]:
    """Return the words of each language that English has not, and the English ones."""
    sets = {name: frozenset(text.lower().split()) for name, text in _COMMON.items()}
    english = sets[ENGLISH]
    return {
        name: found if name == ENGLISH else found - english
        for name, found in sets.items()
    }


def language_of(text: str) -> str | None:
    """Return the English name of a text's language, or None where too little tells.

    Parameters
    ----------
    text : str
        Running text.
    """
    start = text[:_LOOKED_AT]
    script = _by_script(start)
    if script:
        return script
    counts: dict[str, int] = {}
    for match in _LETTER.finditer(start):
        word = match[0].lower()
        counts[word] = counts.get(word, 0) + 1
    found = [
        _Found(sum(counts[word] for word in here), len(here), name)
        for name, words in _words().items()
        for here in [words & counts.keys()]
    ]
    english = next(item for item in found if item.name == ENGLISH)
    best = max(found)
    if best.different < _FEWEST:
        return None
    if best.name != ENGLISH and best.times <= english.times * _MORE:
        return ENGLISH if english.different >= _FEWEST else None
    return best.name


def _by_script(text: str) -> str | None:
    """Return the language of a script that most letters are of, if it is not Latin."""
    letters = sum(map(len, _LETTER.findall(text)))
    counts = {
        name: len(re.findall(f"[{signs}]", text)) if not text.isascii() else 0
        for name, signs in _SCRIPTS
    }
    east = counts["Chinese"] + counts["Japanese"]
    if east > letters * _MOST:
        return "Japanese" if counts["Japanese"] > east * _KANA else "Chinese"
    name = max(counts, key=lambda item: counts[item])
    return name if counts[name] > letters * _MOST else None
