"""--cluster: which engine a command asks, what it indexes into, and what it says."""

from __future__ import annotations

import json
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from indexer.errors import ClusterError
from indexer.messages import Message
from indexer.pipeline.tally import Summary
from search.local.engine import IndexEngine
from search.remote.address import Address
from search.remote.verify import Whole
from search.source import EngineSource, FixedSource
from web.commands.program import program
from web.commands.wiring import Clusters, Wiring

URL = "https://one:9200,two/reports"


class Fake:
    """Clusters that answer as the samples do, and note what they were asked for."""

    def __init__(self, engine: IndexEngine) -> None:
        self._engine = engine
        self.addresses: list[Address] = []
        self.built: list[dict[str, Any]] = []

    def engine(self, address: Address) -> IndexEngine:
        self.addresses.append(address)
        return self._engine

    def live(self, address: Address) -> AbstractContextManager[EngineSource]:
        return nullcontext(FixedSource(self.engine(address)))

    def build(self, root: Path, address: Address, **settings: Any) -> Summary:
        self.addresses.append(address)
        self.built.append({"root": root, **settings})
        summary = Summary(reports=3, added=3)
        settings["switched"](summary, 30.0)
        return summary

    def verify(self, address: Address) -> Whole:
        raise ClusterError(
            Message("cluster_copies", url=str(address), away=1, all=6),
            hint=Message("cluster_copies_hint"),
        )

    def run(self, *arguments: str, **environment: str) -> Result:
        def refuse(folder: Path) -> Any:
            raise AssertionError(f"{folder} was opened")

        clusters = Clusters(self.engine, self.live, self.build, self.verify)
        main = program(Wiring(engine=refuse, live=refuse, warmed=refuse, clusters=clusters))
        return CliRunner().invoke(main, arguments, env=environment)


@pytest.fixture
def fake(samples: IndexEngine) -> Fake:
    return Fake(samples)


@pytest.mark.parametrize(
    "arguments",
    [
        ("search", "三务公开"),
        ("export", "三务公开", "--format", "csv"),
    ],
)
def test_the_engine_is_that_of_the_cluster(fake: Fake, arguments: tuple[str, ...]) -> None:
    done = fake.run(*arguments, "--cluster", URL, GONGKAI_CLUSTER_USER="记者")
    assert done.exit_code == 0, done.output
    (address,) = fake.addresses
    assert (str(address), address.user) == ("https://one:9200,https://two:443/reports", "记者")


def test_certificates_may_be_named_before_and_after(fake: Fake, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").touch()
    trusted = ("--cluster-ca", str(tmp_path / "ca.pem"))
    fake.run("search", "公开", *trusted, "--cluster", URL)
    fake.run("search", "公开", "--cluster", URL, *trusted)
    assert [address.ca for address in fake.addresses] == [tmp_path / "ca.pem"] * 2


def test_an_index_is_made_there(fake: Fake, tmp_path: Path) -> None:
    done = fake.run("index", str(tmp_path), "--cluster", URL, "--shards", "5", "--replicas", "0")
    assert done.exit_code == 0, done.output
    (built,) = fake.built
    assert (built["root"], built["shards"], built["replicas"]) == (tmp_path, 5, 0)
    assert "https://one:9200,https://two:443/reports" in done.stdout
    assert "30" in done.stderr, "how long the older one stays"


def test_a_run_is_told_as_json(fake: Fake, tmp_path: Path) -> None:
    done = fake.run("index", str(tmp_path), "--cluster", URL, "--json")
    assert json.loads(done.stdout)["reports"] == 3


def test_what_check_finds_is_told(fake: Fake) -> None:
    done = fake.run("check", "--cluster", URL)
    assert done.exit_code == 1
    assert "少了 1 个分片副本" in done.output


@pytest.mark.parametrize(
    "command", [("watch", "."), ("pack", "x.gongkai"), ("similar",), ("echoes",)]
)
def test_commands_of_this_machine_alone_have_no_such_option(
    fake: Fake, command: tuple[str, ...]
) -> None:
    done = fake.run(*command, "--cluster", URL)
    assert done.exit_code == 2
    assert "--cluster" in done.output


def test_what_is_no_address_is_told(fake: Fake) -> None:
    done = fake.run("search", "公开", "--cluster", "one:9200")
    assert done.exit_code == 2
    assert "one:9200" in done.output
    assert not fake.addresses
