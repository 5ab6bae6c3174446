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
    "Greek": "Μετά από τέσσερα χρόνια οι μισοί ασθενείς ήταν σε πλήρη ύφεση.",
    "Hebrew": "לאחר ארבע שנים מחצית מהמטופלים היו בהפוגה מלאה.",
    "Hindi": "चार साल बाद आधे मरीज पूरी तरह ठीक थे।",
    "Thai": "หลังจากสี่ปี ผู้ป่วยครึ่งหนึ่งอยู่ในภาวะสงบของโรคอย่างสมบูรณ์",
    "Swedish": "Hälften av patienterna var i full remission efter fyra år, och det var "
    "inte fler som hade dött.",
    "Danish": "Halvdelen af patienterne var i fuld remission efter fire år, og det "
    "blev ikke til flere.",
    "Czech": "Po čtyřech letech byla polovina pacientů v úplné remisi a léčba se "
    "nezměnila.",
    "Romanian": "După patru ani jumătate din pacienți erau în remisie completă, iar "
    "tratamentul nu a fost oprit.",
    "Hungarian": "Négy évvel a kezelés után a betegek fele teljes remisszióban volt, "
    "és ez nem változott.",
    "Vietnamese": "Sau bốn năm, một nửa số bệnh nhân đã thuyên giảm hoàn toàn và không "
    "có người nào tái phát.",
    "Indonesian": "Setelah empat tahun setengah dari pasien itu berada dalam remisi "
    "dan pengobatan tidak dihentikan.",
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


@pytest.mark.parametrize(
    ("text", "language"),
    [
        # three different words that English has not name a language, two do not
        ("sont chez leurs", "French"),
        ("sont chez sont chez sont chez", None),
        ("the of were", "English"),
        ("the of the of the of", None),
        # of another language there must be more than twice as many as of English
        ("sont chez leurs sont chez leurs the of were", "English"),
        ("sont chez leurs sont chez leurs sont the of were", "French"),
        ("sont chez leurs sont the of", None),
        ("sont chez leurs sont chez the of", "French"),
    ],
)
def test_so_many_common_words_name_a_language(text, language):
    """A refusal that is wrong costs more than a page read in vain."""
    assert language_of(text) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("四年后患 abcd", None),
        ("四年后患者 abcd", "Chinese"),
        ("лупу abcd", None),
        ("лупус abcd", "Russian"),
        # kana in more than a tenth of the signs
        ("四年後患者半数完の", "Japanese"),
        ("四年後患者半数完全の", "Chinese"),
        ("完全寛解となった", "Japanese"),
    ],
)
def test_a_script_decides_where_most_letters_are_of_it(text, language):
    """Half of them do not; signs of China and Japan are counted together."""
    assert language_of(text) == language
