"""A proof: what the press will print, page by page, in one HTML file."""

from publish.proof.making import make_proof

__all__ = ["make_proof"]
