"""Colour: what a press can print, its profile, and colours and pictures taken there."""

from publish.colour.condition import OutputCondition, output_condition
from publish.colour.presets import DEFAULT_PRESET, PRESETS, Preset

__all__ = ["DEFAULT_PRESET", "PRESETS", "OutputCondition", "Preset", "output_condition"]
