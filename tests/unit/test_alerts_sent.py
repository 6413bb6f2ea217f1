"""News on their way: signed, retried, each under an id of its own, secrets from nowhere but where they belong."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongkai import main
from indexer.pipeline.watch import watch
from search.local.engine import IndexEngine
from search.model import SearchRequest
from search.saved import outbox, searches
from search.saved.database import Database, saved_path
from search.saved.looking import look
from search.saved.news import tell
from tests.receivers import Receivers, receivers
from tests.three_reports import REPORT, run, write
from web.alerts import deliver as deliver_room
from web.alerts import mail, webhook
from web.alerts.deliver import Sent, deliver
from web.alerts.errors import DeliveryError
from web.alerts.run import run as run_alerts
from web.alerts.secret import secret

HOSTILE = "<b>丁</b>&县\u202e"


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Iterator[Receivers]:
    """A web server and a mail server, and the environment that names them."""
    with receivers() as taken:
        for name, value in taken.environment.items():
            monkeypatch.setenv(name, value)
        yield taken


@pytest.fixture
def database(tmp_path: Path, folder: Path, taken: Receivers) -> Database:
    """One search, sent to both servers, with one report that is new; nothing is sent yet."""
    write(tmp_path / "corpus" / "甲.txt", REPORT.format(place="甲县"))
    run(tmp_path / "corpus", folder)
    database = Database(saved_path(folder))
    request = SearchRequest(q="三务公开")
    number = searches.add(database, "三务 <i>", request, look(IndexEngine(folder), request), 1_000)
    searches.add_target(database, number, "webhook", taken.webhook, "https://reports.example.org/")
    searches.add_target(database, number, "mail", "reader@example.org", "")
    write(tmp_path / "corpus" / "丁.txt", REPORT.format(place=HOSTILE))
    run(tmp_path / "corpus", folder)
    return database


def alerts(folder: Path, now: float) -> list[Sent]:
    return run_alerts(folder, IndexEngine, lambda: now).sent


def test_a_webhook_is_signed(folder: Path, database: Database, taken: Receivers) -> None:
    sent = alerts(folder, 5_000)
    assert [one.trouble for one in sent] == [None, None]
    ((headers, body),) = taken.posts
    at, signed = re.fullmatch(r"t=(\d+),v1=([0-9a-f]{64})", headers["Gongkai-Signature"]).groups()  # type: ignore[union-attr]
    expected = hmac.new("秘密".encode(), at.encode() + b"." + body, hashlib.sha256).hexdigest()
    assert (at, signed) == ("5000", expected)
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    told = json.loads(body)
    assert told["id"] == headers["Gongkai-Id"]
    (report,) = told["reports"]
    passage = report["passages"][0]
    assert passage["text"] == "推进“三务”公开。"
    assert re.fullmatch(
        rf"https://reports.example.org/reports/{report['id']}/\d+-\d+/[0-9a-f]{{8}}", passage["url"]
    )
    assert (
        told["search"]["url"]
        == "https://reports.example.org/?q=" + "%E4%B8%89%E5%8A%A1%E5%85%AC%E5%BC%80"
    )
    assert (report["what"], report["year"], report["hits"]) == ("new", 2018, 1)
    assert told["at"] == "1970-01-01T01:23:20Z"


def test_a_mail_says_it_in_words(folder: Path, database: Database, taken: Receivers) -> None:
    alerts(folder, 5_000)
    (sent,) = taken.mails
    assert sent["To"] == "reader@example.org"
    assert sent["From"] == "gongkai@example.org"
    assert sent["Subject"] == "公开 · 三务 <i>：新增 1"
    assert sent["Date"].datetime.timestamp() == 5_000
    assert sent.get_content_type() == "text/plain"
    text = sent.get_content()
    assert "推进“三务”公开。" in text
    assert "<b>丁</b>&县2018年" in text
    assert "\u202e" not in text
    assert "/reports/" in text


def test_what_was_not_taken_is_tried_again(
    folder: Path, database: Database, taken: Receivers
) -> None:
    """After a minute, then twice as long each time; under the same id."""
    taken.behave = lambda: "refuse"
    assert [one.trouble.key for one in alerts(folder, 5_000) if one.trouble] == [
        "webhook_refused",
        "mail_failed",
    ]
    target = searches.targets(database)[0]
    assert (target.waiting, target.trouble and target.trouble.key) == (1, "webhook_refused")
    assert alerts(folder, 5_059) == []
    ids = {one.waiting.id for one in alerts(folder, 5_060)}
    assert alerts(folder, 5_179) == []
    taken.behave = lambda: "ok"
    assert {one.waiting.id for one in alerts(folder, 5_180)} == ids
    assert len(taken.posts) == len(taken.mails) == 1
    assert alerts(folder, 10**9) == []
    assert searches.targets(database)[0].waiting == 0


def test_where_nobody_answers_not_all_is_tried_at_once(
    tmp_path: Path,
    folder: Path,
    database: Database,
    taken: Receivers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else a round takes as many times the patience as there are messages. What was left is tried the next time,
    and nothing keeps what is for others."""
    with socket.create_server(("127.0.0.1", 0)) as closed:
        port = closed.getsockname()[1]
    for number in range(deliver_room.ENOUGH + 2):
        searches.add_target(database, 1, "webhook", f"http://127.0.0.1:{port}/{number}", "")
    first = alerts(folder, 5_000)
    unanswered = [one.waiting.address for one in first if one.trouble]
    assert unanswered == [f"http://127.0.0.1:{port}/{n}" for n in range(deliver_room.ENOUGH)]
    assert len(taken.posts) == len(taken.mails) == 1
    second = alerts(folder, 5_001)
    assert [one.waiting.address[-1] for one in second] == ["3", "4"]
    assert {one.waiting.tries for one in (*first, *second)} == {1}


def test_a_pause_has_an_end(folder: Path, database: Database, taken: Receivers) -> None:
    taken.behave = lambda: "refuse"
    now = 5_000
    for _ in range(30):
        assert alerts(folder, now)
        now += outbox.LONGEST_PAUSE
    with database.reading() as open_:
        due = open_.execute("SELECT max(due) FROM outbox").fetchone()[0]
    assert due == now


def test_one_that_was_taken_without_a_word_comes_again_as_it_was(
    folder: Path, database: Database, taken: Receivers
) -> None:
    taken.behave = lambda: "drop"
    assert all(one.trouble for one in alerts(folder, 5_000))
    taken.behave = lambda: "ok"
    alerts(folder, 6_000)
    (first, second), (mail_, again) = taken.posts, taken.mails
    assert first[0]["Gongkai-Id"] == second[0]["Gongkai-Id"]
    assert first[1] == second[1]
    assert mail_["Message-ID"] == again["Message-ID"]


def test_a_redirect_is_not_followed(folder: Path, database: Database, taken: Receivers) -> None:
    taken.behave = lambda: "redirect"
    assert alerts(folder, 5_000)[0].trouble
    assert taken.posts == []


def test_what_another_process_sends_is_not_sent_too(
    folder: Path, database: Database, taken: Receivers
) -> None:
    """Nor what one has in hand that was killed, before its lease ends."""
    tell(database, lambda: IndexEngine(folder), 5_000)
    first = next(outbox.claim_all(database, lambda: 5_000))
    assert [one.waiting.id != first.id for one in deliver(database, lambda: 5_000)] == [True]
    assert deliver(database, lambda: 5_000 + outbox.LEASE - 1) == []
    (sent,) = deliver(database, lambda: 5_000 + outbox.LEASE)
    assert sent.waiting.id == first.id


def test_a_lease_begins_when_a_message_is_taken(folder: Path, database: Database) -> None:
    """A long round is no reason for another process to take what is being sent."""
    tell(database, lambda: IndexEngine(folder), 5_000)
    now = iter((5_000, 5_000 + outbox.LEASE))
    claimed = outbox.claim_all(database, lambda: next(now))
    first, second = next(claimed), next(claimed)
    later = list(outbox.claim_all(database, lambda: 5_001 + outbox.LEASE))
    assert [one.id for one in later] == [first.id]
    assert second.id != first.id


def test_a_place_that_is_named_twice_is_told_once(folder: Path, database: Database) -> None:
    (first, *_) = searches.targets(database)
    searches.add_target(database, first.search, first.kind, first.address, "https://other.example/")
    assert len(searches.targets(database)) == 2
    assert searches.targets(database)[0].root == "https://other.example/"


def test_many_reports_come_in_several_messages(
    tmp_path: Path,
    folder: Path,
    database: Database,
    taken: Receivers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("search.saved.news.MOST_IN_ONE", 2)
    for place in ("戊", "己", "庚", "辛"):
        write(tmp_path / "corpus" / f"{place}.txt", REPORT.format(place=place))
    run(tmp_path / "corpus", folder)
    alerts(folder, 5_000)
    assert [len(body["reports"]) for body in taken.bodies()] == [2, 2, 1]
    assert len({report["id"] for body in taken.bodies() for report in body["reports"]}) == 5


def test_without_a_secret_nothing_is_sent(
    folder: Path, database: Database, taken: Receivers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GONGKAI_WEBHOOK_SECRET")
    monkeypatch.delenv("GONGKAI_SMTP")
    troubles = [one.trouble.key for one in alerts(folder, 5_000) if one.trouble]
    assert troubles == ["webhook_secret", "mail_server"]
    assert taken.posts == []


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd", "ftp://a/", "http://", "javascript:alert(1)", "//a/", "a",
        "http://user:word@a/", "http://a/#b", "http://a/ b", "http://a/\r\nX: y", "http://甲/",
        "http://a:0/", "http://a:99999/", "http://[a/",
    ],
)  # fmt: skip
def test_what_is_no_address_of_the_web(address: str) -> None:
    with pytest.raises(DeliveryError):
        webhook.checked(address)


@pytest.mark.parametrize(
    "address", ["", "a", "a@", "@b", "a b@c", "a@b\r\nBcc: c@d", "甲@b", "a@b,c@d"]
)
def test_what_is_no_mailbox(address: str) -> None:
    with pytest.raises(DeliveryError):
        mail.checked(address)


@pytest.mark.parametrize(
    ("given", "key"),
    [
        ("", "mail_server"),
        ("mail.example.org", "mail_server"),
        ("http://mail.example.org", "mail_server"),
        ("smtp://mail.example.org:x", "mail_server"),
        ("smtp://user:word@mail.example.org", "mail_password"),
    ],
)
def test_what_is_no_mail_server(given: str, key: str) -> None:
    with pytest.raises(DeliveryError) as error:
        mail.server({"GONGKAI_SMTP": given})
    assert error.value.message.key == key


def test_a_mail_server_with_a_user() -> None:
    environment = {
        "GONGKAI_SMTP": "smtps://a%40b.example@mail.example.org",
        "GONGKAI_SMTP_PASSWORD": "w:/@",
    }
    by = mail.server(environment)
    assert by == mail.Server("smtps", "mail.example.org", 465, "a@b.example", "w:/@", "a@b.example")


def test_a_server_without_encryption_is_refused(taken: Receivers) -> None:
    """But where that was asked for."""
    by = mail.server({"GONGKAI_SMTP": f"smtp://127.0.0.1:{taken.mail_port}"})
    with pytest.raises(DeliveryError) as error:
        mail.send("a@b.example", "1", "s", "t", 1, by)
    assert error.value.message.key == "mail_no_starttls"
    assert taken.mails == []


@pytest.mark.parametrize(
    ("mode", "sound"), [(0o600, True), (0o400, True), (0o640, False), (0o604, False)]
)
def test_a_secret_in_a_file_is_nobody_elses(tmp_path: Path, mode: int, sound: bool) -> None:
    path = write(tmp_path / "word", "w 1\nmore\n")
    path.chmod(mode)
    environment = {"WORD_FILE": str(path)}
    if sound:
        assert secret("WORD", environment) == "w 1"
    else:
        with pytest.raises(DeliveryError) as error:
            secret("WORD", environment)
        assert error.value.message.key == "secret_readable"
    assert secret("WORD", {**environment, "WORD": "given"}) == "given"
    assert secret("OTHER", environment) is None
    with pytest.raises(DeliveryError):
        secret("WORD", {"WORD_FILE": str(tmp_path / "none")})


# the command


def command(folder: Path, *arguments: str, **environment: str | None) -> Result:
    return CliRunner(env=environment).invoke(main, [*arguments, "--index", str(folder)])


def test_the_whole_way_by_command(tmp_path: Path, folder: Path, taken: Receivers) -> None:
    write(tmp_path / "corpus" / "甲.txt", REPORT.format(place="甲县"))
    corpus = str(tmp_path / "corpus")
    assert command(folder, "index", corpus, "--jobs", "1").exit_code == 0
    assert "还没有" in command(folder, "alerts", "list").output
    assert (
        "现有 1 份报告"
        in command(folder, "alerts", "add", "三务", "三务公开", "--year", "2018").output
    )
    assert command(folder, "alerts", "add", "三务", "党务").exit_code == 1
    refused = command(folder, "alerts", "send", "三务", "--mail", "a@b", GONGKAI_SMTP=None)
    assert "发信服务器" in refused.output
    listed = command(
        folder, "alerts", "send", "三务", "--webhook", taken.webhook, "--mail", "a@b.example"
    )
    assert taken.webhook in listed.output
    write(tmp_path / "corpus" / "丁.txt", REPORT.format(place="丁县"))
    indexed = command(folder, "index", corpus, "--jobs", "1")
    assert "三务：新增 1" in indexed.output
    assert "送出 2 封通知" in indexed.output
    assert (len(taken.posts), len(taken.mails)) == (1, 1)
    assert "没有变化" in command(folder, "alerts", "run").output
    told = json.loads(command(folder, "alerts", "list", "--json").stdout)["searches"][0]
    assert (told["reports"], told["unread"], len(told["targets"])) == (2, 1, 2)
    assert (
        taken.webhook
        not in command(folder, "alerts", "remove", "三务", "--to", taken.webhook).output
    )
    assert command(folder, "alerts", "remove", "三务", "--to", taken.webhook).exit_code == 1
    assert "已删除" in command(folder, "alerts", "remove", "1").output
    assert command(folder, "alerts", "remove", "三务").exit_code == 1


def test_a_run_tells_what_it_could_not_do(
    folder: Path, database: Database, taken: Receivers
) -> None:
    taken.behave = lambda: "refuse"
    done = command(folder, "alerts", "run", "--json")
    assert done.exit_code == 1
    shape = json.loads(done.stdout)
    assert [change["what"] for change in shape["searches"][0]["changes"]] == ["new"]
    assert [one["trouble"]["key"] for one in shape["sent"]] == ["webhook_refused", "mail_failed"]


def test_watching_tries_again_though_nothing_changes(
    tmp_path: Path,
    folder: Path,
    database: Database,
    taken: Receivers,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """At every look what is due; and says once what keeps all of it from being tried."""
    now = 5_000.0
    steps: Iterator[Callable[[], object]] = iter(
        [
            lambda: None,  # not due yet
            lambda: setattr(taken, "behave", lambda: "ok"),
            lambda: None,
            lambda: None,  # all of it is sent
            lambda: database.path.write_bytes(b"no database, but long enough to be one" * 40),
            lambda: None,
        ]
    )

    def look_again(_: float) -> None:
        nonlocal now
        now += 30
        for step in steps:
            step()
            return
        raise KeyboardInterrupt

    monkeypatch.setattr("time.time", lambda: now)
    monkeypatch.setitem(watch.__kwdefaults__, "pause", look_again)
    taken.behave = lambda: "refuse"
    done = command(folder, "watch", str(tmp_path / "corpus"), "--jobs", "1")
    assert (len(taken.posts), len(taken.mails)) == (1, 1)
    assert done.output.count("没有送到") == 2
    assert done.output.count("送出 2 封通知") == 1
    assert done.output.count("不能读写") == 1


def test_what_goes_wrong_with_searches_is_no_failure_of_the_index(
    tmp_path: Path, folder: Path, database: Database
) -> None:
    database.path.write_bytes(b"no database, but long enough to be one" * 40)
    done = command(folder, "index", str(tmp_path / "corpus"), "--jobs", "1")
    assert done.exit_code == 0
    assert "保存的检索这次没有比对" in done.output
