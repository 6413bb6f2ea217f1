"""Addresses of clusters as people type them."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import RequestError
from search.remote.address import Address, Node, address_of

ONE = Node("search.example.org", 9200, True)


@pytest.mark.parametrize(
    ("typed", "environment", "expected"),
    [
        ("http://localhost", {}, Address((Node("localhost", 9200, False),))),
        ("https://search.example.org", {}, Address((Node("search.example.org", 443, True),))),
        ("https://search.example.org:9200/reports", {}, Address((ONE,), "reports")),
        ("https://search.example.org:9200/reports/", {}, Address((ONE,), "reports")),
        (
            "https://a:p%40ss@search.example.org:9200",
            {},
            Address((ONE,), user="a", password="p@ss"),
        ),
        (
            "https://a:b@search.example.org:9200",
            {"GONGKAI_CLUSTER_USER": "c", "GONGKAI_CLUSTER_PASSWORD": "密码"},
            Address((ONE,), user="c", password="密码"),
        ),
        (
            "https://search.example.org:9200, two:9201,three/reports",
            {},
            Address((ONE, Node("two", 9201, True), Node("three", 443, True)), "reports"),
        ),
        (
            "http://[::1]:9200,http://[::1]:9200",
            {},
            Address((Node("::1", 9200, False),)),
        ),
    ],
)
def test_addresses(typed: str, environment: dict[str, str], expected: Address) -> None:
    assert address_of(typed, environment) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "",
        ",",
        "localhost:9200",
        "ftp://localhost",
        "http://",
        "http://localhost:0",
        "http://localhost:99999",
        "http://localhost/a/b",
        "http://localhost/Reports",
        "http://localhost/*",
        "http://localhost/_all",
        "http://one/a,http://two/b",
        "http://localhost?q=1",
        "http://localhost/#x",
    ],
)
def test_what_is_no_address(typed: str) -> None:
    with pytest.raises(RequestError) as caught:
        address_of(typed, {})
    assert caught.value.parameter == "cluster"
    assert caught.value.hint


def test_no_password_is_shown() -> None:
    address = address_of("https://user:geheim@one,two/reports", {})
    assert "geheim" not in f"{address} {address!r}"
    assert "user" not in str(address)
    with pytest.raises(RequestError) as caught:
        address_of("https://user:geheim@one/Bad", {})
    assert "geheim" not in str(caught.value)


def test_a_file_of_certificates_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(RequestError) as caught:
        address_of("https://one", {}, tmp_path / "none.pem")
    assert caught.value.parameter == "cluster-ca"
    (tmp_path / "ca.pem").touch()
    assert address_of("https://one", {}, tmp_path / "ca.pem").ca == tmp_path / "ca.pem"
