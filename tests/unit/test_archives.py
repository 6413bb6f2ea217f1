"""Each kind of archive: its files, their names, and why one cannot be read."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import unicodedata
import zipfile
from collections.abc import Callable

import pytest

from indexer.messages import Message
from indexer.reading.archives import limits
from indexer.reading.archives.kinds import container_of
from indexer.reading.archives.limits import Budget
from indexer.reading.archives.paths import member_path
from indexer.reading.archives.walk import Found, walk
from indexer.reading.formats import format_of
from indexer.reading.read import read
from tests.archives import (
    Files,
    mail_of,
    rar4_of,
    rar5_of,
    seven_zip_of,
    tar_of,
    zip_named,
    zip_of,
)

TEXT = "榆中县2018年政府信息公开年度报告\n推进“三务”公开。\n"
FILES = {"2016/某县.txt": TEXT, "b.txt": "昆山市2019年政府工作报告\n"}


def found_in(name: str, data: bytes) -> list[Found]:
    kind = container_of(name, io.BytesIO(data))
    assert kind is not None
    return list(walk(name, kind, io.BytesIO(data), Budget(len(data))))


def contents(name: str, data: bytes) -> dict[str, str]:
    """What is found: texts, and of what cannot be read the reason's key."""
    found = found_in(name, data)
    made = {f.path: f.content.key if isinstance(f.content, Message) else _text(f) for f in found}
    assert len(made) == len(found)
    return made


def _text(found: Found) -> str:
    assert isinstance(found.content, bytes)
    return found.content.decode()


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("a.zip", zip_of),
        ("a.zip", lambda files: zip_of(files, method=zipfile.ZIP_STORED)),
        ("a.zip", lambda files: zip_of(files, method=zipfile.ZIP_BZIP2)),
        ("a.zip", lambda files: zip_of(files, method=zipfile.ZIP_LZMA)),
        ("a.tar", tar_of),
        ("a.tgz", lambda files: tar_of(files, "w:gz")),
        ("a.tar.bz2", lambda files: tar_of(files, "w:bz2")),
        ("a.tar.xz", lambda files: tar_of(files, "w:xz")),
        ("a.7z", seven_zip_of),
        ("a.rar", rar4_of),
        ("a.rar", rar5_of),
        ("no-ending", zip_of),
        ("a.docx", zip_of),
        ("a.txt", seven_zip_of),
    ],
)
def test_files_of_an_archive(name: str, make: Callable[[Files], bytes]) -> None:
    assert contents(name, make(FILES)) == FILES


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_is_one(pack: Callable[[bytes], bytes]) -> None:
    assert contents("某县.txt.GZ", pack(TEXT.encode())) == {"某县.txt": TEXT}
    assert contents("b", pack(b"x")) == {"b": ""}  # of no ending: nothing reads it


def test_archives_in_archives() -> None:
    inner = tar_of({"c.txt": TEXT}, "w:gz")
    data = zip_of({"b.7z": seven_zip_of({"内/d.tgz": inner}), "邮件.eml": mail_of("请查收", FILES)})
    assert {path: text for path, text in contents("a.zip", data).items() if text == TEXT} == {
        "b.7z/内/d.tgz/c.txt": TEXT,
        "邮件.eml/2016_某县.txt": TEXT,
    }
    for _ in range(5):
        data = zip_of({"a.zip": data})
    assert "too_deep" in contents("a.zip", data).values()
    assert contents("a.zip", zip_of({"b.zip": zip_of({})})) == {"b.zip": "empty_archive"}


@pytest.mark.parametrize("codec", ["gbk", "big5", "utf-8"])
def test_names_of_a_zip_that_does_not_say_its_encoding(codec: str) -> None:
    names = ["福建省政府信息公開年度報告.txt", "內容/三明市政府工作報告.txt"]
    if codec == "gbk":
        names = ["福建省政府信息公开年度报告.txt", "附件/三明市政府工作报告.txt"]
    assert list(contents("a.zip", zip_named({n.encode(codec): TEXT for n in names}))) == names


def test_documents_are_no_archives() -> None:
    """Though they are ZIPs: a document has a list of its parts, or says its type first."""
    for parts in (
        {"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"},
        {"xl/workbook.xml": "<x/>", "[Content_Types].xml": "<x/>"},
        {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<x/>"},
        {"OFD.xml": "<x/>"},
    ):
        data = zip_of(parts)
        assert container_of("a.zip", io.BytesIO(data)) is None
        assert container_of("a.docx", io.BytesIO(data[:-40])) is None
    assert container_of("a.txt", io.BytesIO(TEXT.encode())) is None
    assert container_of("a.txt", io.BytesIO(b"")) is None


@pytest.mark.parametrize(
    ("written", "kept", "why"),
    [
        ("a/b.txt", "a/b.txt", None),
        ("./a//b.txt", "a/b.txt", None),
        ("a\\b.txt", "a/b.txt", None),
        (unicodedata.normalize("NFD", "é.txt"), "é.txt", None),
        ("a..b/…/.txt", "a..b/…/.txt", None),
        ("../b.txt", "__/b.txt", "member_above"),
        ("a/..\\../b.txt", "a/__/__/b.txt", "member_above"),
        ("/etc/b.txt", "etc/b.txt", "member_absolute"),
        ("\\\\host\\b.txt", "host/b.txt", "member_absolute"),
        ("C:\\b.txt", "_/b.txt", "member_absolute"),
        ("c:b.txt", "_b.txt", "member_absolute"),
        ("a\nb.txt", "a\ufffdb.txt", "member_control"),
        ("a\x00b.txt", "a\ufffdb.txt", "member_control"),
        ("txt.\u202eb.exe", "txt.\ufffdb.exe", "member_control"),
        ("甲" * 1_001, "甲" * 1_000, "member_path_long"),
        ("./", "_", "member_no_name"),
    ],
)
def test_paths(written: str, kept: str, why: str | None) -> None:
    path, reason = member_path(written)
    assert (path, reason and reason.key) == (kept, why)


@pytest.mark.parametrize("make", [zip_of, tar_of, seven_zip_of, rar5_of])
def test_a_path_trick_costs_its_file_alone(make: Callable[[Files], bytes]) -> None:
    made = contents("a", make({"../x.txt": TEXT, "/y.txt": TEXT, "好.txt": TEXT}))
    assert made.pop("好.txt") == TEXT
    assert set(made.values()) <= {"member_above", "member_absolute"}
    assert "../x.txt" not in made


def test_links_and_folders_are_no_files() -> None:
    import tarfile

    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, kind in (
            ("l.txt", tarfile.SYMTYPE),
            ("d", tarfile.DIRTYPE),
            ("f", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert found_in("a.tar", made.getvalue()) == []


@pytest.mark.parametrize("make", [zip_of, tar_of, seven_zip_of, rar4_of, rar5_of])
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_an_archive_that_is_cut_off_is_told(make: Callable[[Files], bytes], part: float) -> None:
    data = make({f"{n}.txt": f"{n}{TEXT}" * 40 for n in range(20)})
    found = found_in("a", data[: int(len(data) * part)])
    assert any(isinstance(f.content, Message) and f.content.key == "broken_archive" for f in found)


def test_an_encrypted_file_is_told_apart_from_a_damaged_one() -> None:
    plain = zip_of({"a.txt": TEXT, "b.txt": TEXT})
    encrypted = bytearray(plain)
    first = plain.index(b"PK\x01\x02")
    for at in (6, first + 8):
        encrypted[at] |= 1
    assert contents("a.zip", bytes(encrypted)) == {"a.txt": "encrypted", "b.txt": TEXT}
    damaged = plain.replace(b"PK\x03\x04", b"PK\x03\x05", 2).replace(
        b"PK\x03\x05", b"PK\x03\x04", 1
    )
    assert contents("a.zip", damaged) == {"a.txt": TEXT, "b.txt": "broken_archive"}
    otherwise = plain.replace(b"\x08\x00", b"\x63\x00")
    assert set(contents("a.zip", otherwise).values()) == {"packed_otherwise"}
    assert contents("a.rar", rar4_of({"a.txt": TEXT}, encrypted=True)) == {"a.txt": "encrypted"}


def test_without_libarchive_the_reason_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("indexer.reading.archives.seven_zip._libarchive", lambda: None)
    (found,) = found_in("a.7z", seven_zip_of(FILES))
    assert found.content == Message("no_libarchive", kind=Message("kind_7z"))
    (found,) = found_in("a.rar", rar5_of(FILES))
    assert found.content == Message("no_libarchive", kind=Message("kind_rar"))


ZEROS = b"\0" * (70 << 20)


@pytest.mark.parametrize("make", [zip_of, seven_zip_of, lambda files: tar_of(files, "w:gz")])
def test_a_bomb_is_left_alone(make: Callable[[Files], bytes]) -> None:
    found = found_in("a", make({"a.txt": TEXT, "b.txt": ZEROS, "c.txt": TEXT}))
    assert found[-1].path == ""
    assert found[-1].content == Message("bomb", ratio=limits.RATIO)
    assert "c.txt" not in [f.path for f in found]


def test_a_bomb_in_a_bomb_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "FREE", 1 << 20)
    inner = zip_of({f"{n}.txt": b"\0" * (1 << 20) for n in range(4)})
    found = found_in("a.zip", zip_of({f"{n}.zip": inner for n in range(9)}))
    assert found[-1].content == Message("bomb", ratio=limits.RATIO)


def test_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zip_of({f"{n}.txt": TEXT for n in range(5)})
    monkeypatch.setattr(limits, "MEMBERS", 3)
    assert found_in("a.zip", data)[-1].content == Message("too_many_members", most=3)
    monkeypatch.setattr(limits, "MEMBERS", 9)
    monkeypatch.setattr(limits, "TOTAL", 300)
    assert found_in("a.zip", data)[-1].content == Message("too_much_unpacked", most=0)
    monkeypatch.setattr(limits, "TOTAL", 1 << 30)
    monkeypatch.setattr(limits, "MEMBER", 5_000)
    big = {"a.txt": TEXT, "b.txt": "甲" * 9_000, "c.txt": TEXT}
    for make in (zip_of, tar_of):
        assert contents("a", make(big)) == {"a.txt": TEXT, "b.txt": "member_too_big", "c.txt": TEXT}


def test_a_mail() -> None:
    data = mail_of(TEXT, {"附件.docx": b"x", "报告.txt": TEXT}, subject="转发：榆中县年报")
    assert format_of("邮件.eml", data) == format_of("邮件", data) == "mail"
    assert contents("邮件.eml", data) == {"附件.docx": "x", "报告.txt": TEXT}
    document = read("邮件.eml", data)
    assert document.format == "mail"
    assert document.meta["title"] == "转发：榆中县年报"
    assert [line.text for line in document.lines] == TEXT.split("\n")[:-1]
    page = read("a.eml", mail_of(f"<p>{TEXT}</p>", {}, kind="html"))
    assert page.lines[0].text.startswith("榆中县2018年")


def test_a_mail_in_gbk_with_a_mail_in_it() -> None:
    inner = mail_of(TEXT, {"b.txt": TEXT}, subject="内")
    name = "报告.txt".encode("gbk")
    data = (
        b"From: a@example.org\nTo: b@example.org\nSubject: =?gb2312?B?" + b"xOrxqA==" + b"?=\n"
        b"Content-Type: multipart/mixed; boundary=X\n\n--X\n"
        b"Content-Type: text/plain; charset=gb2312\n\n" + TEXT.encode("gbk") + b"\n--X\n"
        b'Content-Type: text/plain; name="' + name + b'"\n\n' + TEXT.encode() + b"\n--X\n"
        b"Content-Type: message/rfc822\n\n" + inner + b"\n--X--\n"
    )
    paths = list(contents("a.eml", data))
    assert paths == ["报告.txt", "2.eml", "2.eml/b.txt"]
    assert read("a.eml", data).lines[0].text.startswith("榆中县2018年")


def test_a_mailbox() -> None:
    mail = mail_of(TEXT, {"b.txt": TEXT}).replace(b"\r\n", b"\n")
    data = b"From a@example.org Mon Jan  2 10:00:00 2017\n" + mail + b"\n"
    found = contents("收件箱", data * 2)
    assert list(found) == ["1.eml", "1.eml/b.txt", "2.eml", "2.eml/b.txt"]
