"""One request to one node of a cluster: the only place that knows opensearch-py."""

from __future__ import annotations

import base64
import logging
from collections.abc import Mapping
from importlib.util import find_spec
from typing import Any, Protocol

from indexer.errors import ClusterError, GongkaiError
from indexer.messages import Message
from search.remote.address import Address

_CONNECTIONS = 32  # to each node that are kept open
_REST = 10.0  # seconds that a node which did not answer is asked last
_NDJSON = "application/x-ndjson"


class NoAnswerError(ClusterError):
    """No node answered, or not in time. What was asked may have been done."""

    code = "no_answer"


class RefusedError(ClusterError):
    """The cluster answered with an error: `status` is that of HTTP, `kind` the cluster's name for it."""

    code = "cluster_refused"

    def __init__(self, message: Message, status: int, kind: str, *, hint: Message) -> None:
        super().__init__(message, hint=hint)
        self.status = status
        self.kind = kind


class Wire(Protocol):
    """Sends a request, and gives the answer that JSON holds. Threads may share it."""

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        params: Mapping[str, str] | None = None,
        seconds: float = 30.0,
    ) -> Any:
        """Raises NoAnswerError or RefusedError; it is up to the caller to try again."""


class HttpWire:
    """A `Wire` to the nodes of an address in turn; one that cannot be reached is passed over for the next."""

    def __init__(self, address: Address) -> None:
        """GongkaiError where the library is not installed. Nothing is sent."""
        client = client_of(address)
        import opensearchpy

        self._errors = opensearchpy
        self._where = str(address)
        self._transport = client.transport

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        params: Mapping[str, str] | None = None,
        seconds: float = 30.0,
    ) -> Any:
        kind = {"content-type": _NDJSON} if path.endswith(("_bulk", "_msearch")) else None
        try:
            return self._transport.perform_request(
                method, path, params=params, body=body, timeout=seconds, headers=kind
            )
        except self._errors.SSLError as error:
            raise ClusterError(
                Message("cluster_certificate", url=self._where, error=str(error.info)),
                hint=Message("cluster_certificate_hint"),
            ) from error
        except self._errors.ConnectionError as error:
            raise NoAnswerError(
                Message("cluster_no_answer", url=self._where, error=str(error.info)),
                hint=Message("cluster_no_answer_hint"),
            ) from error
        except self._errors.TransportError as error:
            raise self._refused(error) from error
        except (AttributeError, TypeError, ValueError) as error:
            # the library cannot read an error of something that stands before the cluster
            raise NoAnswerError(
                Message("cluster_no_answer", url=self._where, error=str(error)),
                hint=Message("cluster_no_answer_hint"),
            ) from error
        except self._errors.OpenSearchException as error:
            raise ClusterError(
                Message("cluster_refused", url=self._where, status=0, error=str(error)),
                hint=Message("cluster_refused_hint"),
            ) from error

    def _refused(self, error: Any) -> RefusedError:
        """What the cluster said, in our words."""
        status = error.status_code if isinstance(error.status_code, int) else 0
        if status in (401, 403):
            message = Message("cluster_forbidden", url=self._where)
            hint = Message("cluster_forbidden_hint")
        else:
            said = _reason(error.info) or str(error.error)
            message = Message("cluster_refused", url=self._where, status=status, error=said[:500])
            hint = Message("cluster_refused_hint")
        return RefusedError(message, status, str(error.error), hint=hint)


def _reason(info: object) -> str:
    """The innermost reason that an answer gives, "" where it gives none."""
    error = info.get("error") if isinstance(info, dict) else None
    if not isinstance(error, dict):
        return ""
    cause = error.get("caused_by") or next(iter(error.get("root_cause") or ()), None)
    reason = cause.get("reason") if isinstance(cause, dict) else None
    return str(reason or error.get("reason") or "")


def _who(address: Address) -> dict[str, str]:
    if not address.user:
        return {}
    pair = f"{address.user}:{address.password}".encode()
    return {"authorization": f"Basic {base64.b64encode(pair).decode()}"}


def _check_installed() -> None:
    if find_spec("opensearchpy") is None:
        package = '"gongkai[cluster]"'
        raise GongkaiError(
            Message("package_missing", package="opensearch-py"),
            hint=Message("package_missing_hint", package=package),
        )


def client_of(address: Address) -> Any:
    """A client of opensearch-py for an address. GongkaiError where that is not installed. Nothing is sent."""
    _check_installed()
    import opensearchpy

    # what it logs is said by our errors
    logging.getLogger("opensearch").setLevel(logging.CRITICAL)
    return opensearchpy.OpenSearch(
        [{"host": node.host, "port": node.port, "use_ssl": node.secure} for node in address.nodes],
        headers=_who(address),
        max_retries=len(address.nodes),
        retry_on_status=(),
        pool_maxsize=_CONNECTIONS,
        dead_timeout=_REST,
        timeout_cutoff=0,
        **({"ca_certs": str(address.ca)} if address.ca else {}),
    )
