"""The records as tables and cards: studies, their results, their risk of bias."""
