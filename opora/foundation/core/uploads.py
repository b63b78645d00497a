"""Big uploads wait in a file without a name: whatever kills the server, the system takes the file back."""

from __future__ import annotations

import tempfile
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler


class NamelessFileUploadHandler(FileUploadHandler):
    """Like Django's handler of temporary files, but nothing of the file is ever seen in a folder."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """A file of its own, unlinked from the beginning."""
        super().new_file(*args, **kwargs)
        space = tempfile.TemporaryFile(dir=settings.FILE_UPLOAD_TEMP_DIR)  # noqa: SIM115 - closed by the request
        self.file = UploadedFile(
            space, self.file_name, self.content_type, 0, self.charset, self.content_type_extra
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """The next part."""
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[bytes]:
        """The whole file, from its beginning."""
        self.file.seek(0)
        self.file.size = file_size
        return self.file

    def upload_interrupted(self) -> None:
        """Give the space back at once."""
        if hasattr(self, "file"):
            self.file.close()
