"""What is measured, in words."""

from __future__ import annotations

MEASURES: dict[str, str] = {
    "sledai": "disease activity score (SLEDAI)",
    "bilag": "disease activity score (BILAG)",
    "proteinuria": "protein in urine",
    "creatinine": "serum creatinine",
    "gfr": "kidney filtration rate (GFR)",
    "creatinine-clearance": "creatinine clearance",
    "albumin": "serum albumin",
    "c3": "complement C3",
    "c4": "complement C4",
    "ana": "antinuclear antibodies",
    "anti-dsdna": "anti-double-stranded-DNA antibodies",
    "haemoglobin": "haemoglobin",
    "platelets": "platelet count",
    "leukocytes": "white-cell count",
    "regulatory-t-cells": "regulatory T cells",
    "prednisone-dose": "prednisone dose",
    "quality-of-life": "quality of life",
    "lung-function": "lung function",
    "engraftment-time": "time until blood cells recovered",
    "other": "another measurement",
}
