"""Our own setting inside WeasyPrint: lines, columns on a baseline grid, and painted glyphs.

``seam`` knows which of WeasyPrint's functions are replaced; ``runs`` reads its boxes, ``lines``
and ``columns`` make new ones, ``painting`` writes their glyphs. Nothing else of the package
knows WeasyPrint's insides.
"""

from publish.pdf.weasy import require_weasyprint

require_weasyprint()  # first: it knows how to load Pango quickly, and what to say without it

from publish.pdf.composing.composer import Composer  # noqa: E402
from publish.pdf.composing.seam import composing  # noqa: E402

__all__ = ["Composer", "composing"]
