"""Checks: one module for each, all giving findings."""
