"""Office files with the same bytes each time: fixed dates and a fixed order inside the archive."""

import io
import zipfile

FIXED_DATE = (2000, 1, 1, 0, 0, 0)


def with_fixed_dates(contents: bytes) -> bytes:
    """The same archive with one date for all of its files.

    Args:
        contents: A ZIP archive, such as a workbook or a presentation.
    """
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(contents)) as source, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            made = zipfile.ZipInfo(entry.filename, FIXED_DATE)
            made.compress_type = zipfile.ZIP_DEFLATED
            made.external_attr = 0o600 << 16
            target.writestr(made, source.read(entry.filename))
    return result.getvalue()
