"""A page in another language is refused by name; English never is."""

from pathlib import Path

import pytest
import yaml

from lupus_evidence.reading.articles import page_of
from lupus_evidence.reading.language import language_of
from lupus_evidence.reading.page import Page
from lupus_evidence.records.files import Diagnostic

ROOT = Path(__file__).parents[2]

#: "Half of the patients were in complete remission after four years."
ONE_SENTENCE = {
    "Arabic": "بعد أربع سنوات كان نصف المرضى في حالة هدوء كامل.",
    "Chinese": "四年后，一半的患者完全缓解。",
    "Dutch": "De helft van de patiënten was na vier jaar in volledige remissie.",
    "French": "La moitié des patients étaient en rémission complète après quatre ans.",
    "German": "Die Hälfte der Patienten war nach vier Jahren in voller Remission.",
    "Italian": "La metà dei pazienti era in remissione completa dopo quattro anni.",
    "Japanese": "4年後、患者の半数が完全寛解となった。",
    "Korean": "4년 후 환자의 절반이 완전 관해에 도달했습니다.",
    "Polish": "Po czterech latach połowa pacjentów była w całkowitej remisji.",
    "Portuguese": "Metade dos pacientes estava em remissão completa após quatro anos.",
    "Russian": "Через четыре года половина пациентов находилась в полной ремиссии.",
    "Spanish": "La mitad de los pacientes estaban en remisión completa después de "
    "cuatro años.",
    "Turkish": "Dört yıl sonra hastaların yarısı tam remisyondaydı; tedavi için umut "
    "var ve sonuçlar çok iyi.",
}


@pytest.mark.parametrize("language", ONE_SENTENCE)
def test_a_page_in_another_language_is_refused_by_name(language):
    """In one sentence, with what can be done instead."""
    refused = page_of(ONE_SENTENCE[language].encode(), "page.txt")
    assert isinstance(refused, Diagnostic)
    assert (refused.code, refused.place.file) == ("A106", "page.txt")
    assert refused.message == f"is in {language}; only English is read"
    assert refused.hint == (
        "claims can be written by hand: lupus-evidence new NAME --claims"
    )


@pytest.mark.parametrize(
    "text",
    [
        "Half of the patients were in complete remission after four years.",
        "12 of 39 (31 %) CR.",
        "Overall survival 94%.",
        "SLEDAI, C3, C4, ANA, anti-dsDNA",
        "Wang D, Zhang H, Liang J, et al. Cell Transplant 2013;22:2267-77",
        "Remission | 50 % | 30 %",
        "Des Moines, La Jolla, El Paso, Los Angeles: no relapse in the de novo cases.",
        "x",
    ],
)
def test_a_single_english_sentence_is_never_refused(text):
    """Nor one that hardly has words."""
    assert language_of(text) in {None, "English"}
    assert isinstance(page_of(text.encode(), "x"), Page)


def words_of(value):
    """Yield every text of a record but what its source prints, in its language."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key != "printed":
                yield from words_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from words_of(inner)


def test_no_text_of_the_records_is_taken_for_another_language():
    """Some thousand titles, places and notes, each by itself."""
    paths = [*(ROOT / "studies").glob("*.yaml"), *(ROOT / "claims").glob("*.yaml")]
    texts = {
        text
        for path in paths
        for text in words_of(
            yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
        )
    }
    assert len(texts) > 1_000
    assert {language_of(text) for text in texts} == {None, "English"}


def test_a_page_that_is_mostly_english_passes():
    """A quotation or an abstract in another language does not decide."""
    english = "Half of the patients were in remission after four years. " * 3
    assert language_of(english + ONE_SENTENCE["French"]) == "English"
    assert language_of(english + ONE_SENTENCE["Chinese"]) == "English"
