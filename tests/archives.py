"""Archives and mails that tests make, byte for byte where no library writes them."""

from __future__ import annotations

import io
import tarfile
import zipfile
import zlib
from collections.abc import Mapping
from email.message import EmailMessage

Files = Mapping[str, str | bytes]


def as_bytes(content: str | bytes) -> bytes:
    return content.encode() if isinstance(content, str) else content


def zip_of(files: Files, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return made.getvalue()


def zip_named(names: Mapping[bytes, str]) -> bytes:
    """A ZIP whose names are these bytes, as programs of Windows write them: without a word of the
    encoding."""
    stand_ins = {name: f"{number:0{len(name)}}" for number, name in enumerate(names)}
    made = zip_of({stand_ins[name]: content for name, content in names.items()})
    for name, stand_in in stand_ins.items():
        made = made.replace(stand_in.encode(), name)
    return made


def tar_of(files: Files, mode: str = "w") -> bytes:
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode) as archive:  # type: ignore[call-overload]
        for path, content in files.items():
            info = tarfile.TarInfo(path)
            info.size = len(as_bytes(content))
            archive.addfile(info, io.BytesIO(as_bytes(content)))
    return made.getvalue()


def mail_of(text: str, attachments: Files, *, subject: str = "转发", kind: str = "plain") -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.org", "b@example.org", subject
    mail.set_content(text, subtype=kind)
    for name, content in attachments.items():
        mail.add_attachment(
            as_bytes(content), maintype="application", subtype="octet-stream", filename=name
        )
    return mail.as_bytes()


def rar4_of(files: Files, *, encrypted: bool = False) -> bytes:
    """A RAR of version 2.9 whose files are stored as they are."""
    made = [b"Rar!\x1a\x07\x00", _rar4_block(0x73, 0, b"\0" * 6)]
    for path, content in files.items():
        data = as_bytes(content)
        name = path.encode("gbk") if not path.isascii() else path.encode()
        head = _numbers((len(data), 4), (len(data), 4), (2, 1), (zlib.crc32(data), 4))
        head += _numbers((0x50216E5D, 4), (29, 1), (0x30, 1), (len(name), 2), (0x20, 4)) + name
        made += [_rar4_block(0x74, 0x8000 | (4 if encrypted else 0), head), data]
    return b"".join([*made, _rar4_block(0x7B, 0x4000, b"")])


def _rar4_block(kind: int, flags: int, rest: bytes) -> bytes:
    body = _numbers((kind, 1), (flags, 2), (7 + len(rest), 2)) + rest
    return _numbers((zlib.crc32(body) & 0xFFFF, 2)) + body


def rar5_of(files: Files) -> bytes:
    """A RAR of version 5 whose files are stored as they are."""
    made = [b"Rar!\x1a\x07\x01\x00", _rar5_block(1, 0, _vint(0))]
    for path, content in files.items():
        data, name = as_bytes(content), path.encode()
        head = _vint(len(data)) + _vint(4) + _vint(len(data)) + _vint(0x20)
        head += (
            zlib.crc32(data).to_bytes(4, "little") + _vint(0) + _vint(0) + _vint(len(name)) + name
        )
        made += [_rar5_block(2, 2, head), data]
    return b"".join([*made, _rar5_block(5, 0, _vint(0))])


def _rar5_block(kind: int, flags: int, rest: bytes) -> bytes:
    body = _vint(kind) + _vint(flags) + rest
    body = _vint(len(body)) + body
    return zlib.crc32(body).to_bytes(4, "little") + body


def _vint(number: int) -> bytes:
    made = bytearray()
    while number > 0x7F:
        made.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*made, number])


def _numbers(*numbers: tuple[int, int]) -> bytes:
    return b"".join(number.to_bytes(size, "little") for number, size in numbers)


def seven_zip_of(files: Files) -> bytes:
    """A 7z, packed as a whole by LZMA2, as libarchive writes it."""
    import libarchive

    parts: list[bytes] = []
    with libarchive.custom_writer(
        lambda part: parts.append(bytes(part)) or len(part), "7zip"
    ) as made:
        for path, content in files.items():
            made.add_file_from_memory(path, len(as_bytes(content)), [as_bytes(content)])
    return b"".join(parts)
