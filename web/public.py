"""The address at which others reach these pages: every link that leaves them begins with it.

It is what --public-url says, else what the request at hand was sent to: its Host header or, behind a
proxy that is trusted, that proxy's X-Forwarded-Host and X-Forwarded-Proto (see `trust_proxy`).
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

from flask import Flask, current_app, request
from werkzeug.middleware.proxy_fix import ProxyFix

from indexer.errors import RequestError
from indexer.messages import Message

_EXTENSION = "gongkai.public"
_SCHEMES = ("http", "https")
_NOWHERE = "/"
"""What an address begins with where the request names no host, or none that could be one."""


def checked(url: str) -> str:
    """A public address as it begins every link, with "/" at its end; RequestError says what is wrong."""
    parts = _parts(url.strip())
    if parts is None:
        raise _refused(Message("public_url_bad", url=url), Message("public_url_hint"))
    if set(url) & set("?#@"):
        raise _refused(Message("public_url_more", url=url), Message("public_url_hint"))
    if parts.path not in ("", "/"):
        raise _refused(Message("public_url_path", url=url), Message("public_url_path_hint"))
    return f"{parts.scheme}://{parts.netloc.lower()}/"


def publish(app: Flask, url: str | None) -> None:
    """Have every link of `app` begin with `url`, as `checked` returned it; None: with what was asked."""
    app.extensions[_EXTENSION] = url


def trust_proxy(app: Flask) -> None:
    """Take the reader's address, host and scheme from the headers of exactly one proxy.

    It stands before `Application.steps`: a request is made of what it leaves. Ports come with the host;
    prefixes are not supported, since every address of ours begins at "/".
    """
    app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1, x_host=1)  # type: ignore[method-assign]


def stated(app: Flask) -> str | None:
    """What `publish` was given."""
    url: str | None = app.extensions[_EXTENSION]
    return url


def root() -> str:
    """The address of the first page, with "/" at its end."""
    public = stated(current_app)
    return asked() if public is None else public


def asked() -> str:
    """The address that the request at hand was sent to, in ASCII: a name of other letters as browsers send it."""
    sound = request.host and request.scheme in _SCHEMES
    return f"{request.scheme}://{request.host.lower()}/" if sound else _NOWHERE


def asked_host() -> str:
    """The name or number in that address; "" where there is none, or none that could be one."""
    parts = _parts(asked())
    return (parts and parts.hostname) or ""


def absolute(path: str) -> str:
    """The whole address of a path of ours, to quote elsewhere."""
    return urljoin(root(), path)


def reaches_others() -> bool:
    """Whether such an address opens elsewhere than on this machine."""
    return stated(current_app) is not None or not is_loopback(root())


def is_loopback(url: str) -> bool:
    """Whether an address leads whoever opens it to their own machine, or nowhere."""
    parts = _parts(url)
    host = (parts and parts.hostname) or "localhost"
    try:
        address = ip_address(host)
    except ValueError:
        name = host.removesuffix(".")
        return name == "localhost" or name.endswith(".localhost")
    mapped = getattr(address, "ipv4_mapped", None) or address
    return bool(mapped.is_loopback or mapped.is_unspecified)


def is_of_this_machine(host: str) -> bool:
    """Whether who listens at this host is reached from this machine alone."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _parts(url: str) -> SplitResult | None:
    """The parts of an http address with a host that can be one, else None."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # ValueError where it is none
    except ValueError:
        return None
    known = parts.scheme in _SCHEMES and parts.hostname
    plain = url.isascii() and url.isprintable() and not set(url) & set(" \"'<>\\^`{|}")
    return parts if known and plain else None


def _refused(message: Message, hint: Message) -> RequestError:
    return RequestError(message, parameter="public-url", hint=hint)
