"""What no reader means to send: values, escapes, headers and methods that something may stumble over."""

from __future__ import annotations

WRONG_PERCENTS = (
    b"%",
    b"%zz",
    b"%u516c",
    b"%00",
    b"%FF",
    b"%ED%A0%80",
    b"%C0%AF",
    b"%F5%80%80%80",
)
HOSTILE: tuple[str, ...] = (
    *("\0", "a\0b", "\ud800", "\udfff公开", "\U0010ffff", "\ufeff", "\u202e三务", "\r\nSet-Cookie: a=b"),
    *("'", '"', "<script>alert(1)</script>", "{{7*7}}", "%s%n", "${jndi:ldap://x}", "`id`", "'; DROP TABLE"),
    *("../../../etc/passwd", "..\\..\\win.ini", "file:///etc/passwd", "javascript:alert(1)", "//evil.example"),
    *("0", "-1", "1", "00", "+1", "1_000", "１２", "٣", "1e9", "0x10", "NaN", "inf", "999999999", "9" * 40),
    *("-0", " 1 ", "1.5", "true", "null", "[]", "{}", "", " ", "\u3000", "0-0", "3-1", "0-9999999999", "a-b"),
    *("公" * 1_001, "x" * 10_000, "(" * 900, "*" * 500, "OR " * 300, '"' * 999, "é" * 300, "公\n" * 400),
    *("2026-02-30", "0000-00-00", "9999-12-31T23:59:59Z", "2026-01-01T25:61:61Z"),
)  # fmt: skip
HEADERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Accept", ("*/*", "application/json", "text/html;q=x", ";;;", "a/b;q=1e999", "\xff" * 9)),
    ("Accept-Encoding", ("gzip", "gzip;q=0", "br, gzip;q=nan", "*;q=-1", "identity;q=0", "," * 900)),
    ("Accept-Language", ("en", "zh-Hans;q=0.1,en", "x" * 4_000, "*", "en;q=\xe9", "-", ",,;")),
    ("Authorization", ("Basic", "Basic ====", "Basic Og==", "Basic /////w==", "Bearer x", "Digest a", "\xff")),
    ("Cookie", ("gongkai-language=en", "gongkai-language=\xff", "=;=;;", "a" * 8_000, "gongkai-session=x.y.z")),
    ("Content-Type", ("text/plain", "application/json", "multipart/form-data", "a/b; charset=\xe9", "x" * 999)),
    ("Host", ("localhost", "evil.example", "127.0.0.1:99999", "[::1", "a b", "", "xn--", "\xff.cn", "[]:1")),
    ("If-Modified-Since", ("Thu, 01 Jan 1970 00:00:00 GMT", "never", "Fri, 32 Foo 20260 99:99:99 GMT")),
    ("If-None-Match", ("*", '"x"', 'W/"x", "y"', '"' * 99, "x" * 9_000, '"\xff"')),
    ("Origin", ("null", "https://evil.example", "http://localhost", "http://[", "\xff", "x" * 5_000)),
    ("Range", ("bytes=0-0", "bytes=-1", "bytes=5-1", "bytes=0-,0-,0-", "bytes=9999999999-", "lines=1", "bytes")),
    ("If-Range", ('"x"', "Thu, 01 Jan 1970 00:00:00 GMT", "\xff")),
    ("Referer", ("http://localhost/", "javascript:1", "http://[", "\xff" * 300)),
    ("Sec-Fetch-Dest", ("document", "empty", "image", "\xff")),
    ("Sec-Fetch-Site", ("same-origin", "cross-site", "none", "\xff")),
    ("Transfer-Encoding", ("chunked", "gzip, chunked", "x")),
    ("X-Forwarded-For", ("1.2.3.4", "a, b, c", "\xff", ",,,", "[::1]:5")),
    ("X-Forwarded-Host", ("evil.example", "\xff", "a,b")),
    ("X-HTTP-Method-Override", ("DELETE", "\xff")),
)  # fmt: skip
METHODS = ("HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "get", "\xff")
