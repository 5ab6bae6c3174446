"""Therapies side by side: pooled rates, differences, and everything left out."""
