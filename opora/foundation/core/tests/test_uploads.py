"""Big uploads leave no file behind (R14)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from opora.foundation.core.uploads import NamelessFileUploadHandler


@pytest.mark.parametrize("size", [10, 5 * 1024 * 1024])
def test_a_file_of_any_size_arrives_whole_and_is_seen_nowhere(
    size: int, tmp_path: Path, settings: Any
) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    content = bytes(number % 251 for number in range(size))
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.xlsx", content)})
    given = request.FILES["file"]
    assert (given.name, given.size) == ("a.xlsx", size)
    assert list(tmp_path.iterdir()) == []
    assert given.read() == content


def test_what_is_interrupted_gives_its_space_back(tmp_path: Path, settings: Any) -> None:
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    handler = NamelessFileUploadHandler()
    handler.new_file("file", "a.xlsx", "application/octet-stream", 10)
    handler.receive_data_chunk(b"12345", 0)
    handler.upload_interrupted()
    assert handler.file.closed
    NamelessFileUploadHandler().upload_interrupted()
