"""What stands beside the book for those who list it: ONIX, JSON-LD and the cover as a picture."""

from publish.listing.job import LISTINGS, ListingJob

__all__ = ["LISTINGS", "ListingJob"]
