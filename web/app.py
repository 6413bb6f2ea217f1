"""The application: its rooms, its errors, and what templates may call."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from werkzeug.wrappers import Response

from indexer.pipeline.taken import taker
from search.budget import Limits, checked
from search.saved.database import Database
from search.source import EngineSource
from web import (
    assets,
    errors,
    health,
    language,
    pages,
    printed,
    public,
    said,
    show,
    texts,
    urls,
    writing,
)  # fmt: skip
from web.alerts import feed, subscribe
from web.alerts import views as alerts_views
from web.api import opensearch, reading, routes, saved_json
from web.batch import views as batch_views
from web.compare import addresses
from web.compare import views as compare_views
from web.echoes import views as echoes_views
from web.echoes.addresses import echoes_url, passage_echoes_url
from web.export import views as export_views
from web.findings import api as findings_api
from web.findings import changing as findings_changing
from web.findings import views as findings_views
from web.guard import here
from web.http.application import Application
from web.http.cors import origins
from web.report import original, page_images
from web.report import views as report_views
from web.report.original import FindCorpus
from web.results import concordance
from web.results import views as results_views
from web.start import views as start_views
from web.trend import drawing
from web.trend import files as trend_files
from web.trend import views as trend_views
from web.verify import views as verify_views

ROOMS = (
    start_views,
    results_views,
    batch_views,
    trend_views,
    trend_files,
    concordance,
    report_views,
    original,
    page_images,
    alerts_views,
    feed,
    subscribe,
    compare_views,
    echoes_views,
    export_views,
    findings_views,
    findings_changing,
    findings_api,
    verify_views,
    routes,
    saved_json,
    reading,
    opensearch,
    health,
    language,
)
Guard = Callable[[], Response | None]
"""Who may see the pages: None lets the request at hand pass, a response refuses it."""


def create_app(
    source: EngineSource,
    guard: Guard | None = None,
    *,
    public_url: str | None = None,
    behind_proxy: bool = False,
    corpus: FindCorpus | None = None,
    cors: Iterable[str] = (),
    saved: Database | None = None,
    limits: Limits | None = None,
) -> Application:
    """The web application that shows what the engines of `source` find, to whoever `guard` lets pass.

    `public_url` begins every link that leaves the pages (RequestError where it cannot); `behind_proxy`:
    the headers of exactly one proxy are trusted, see `web/public.py`. `corpus` tells, at each request, the
    folder in which the original files are. Pages of the sites in `cors` ("*" for any) may read the API. Readers keep searches and findings in `saved`; None: they
    cannot. `limits`: what one request may cost, see `search/budget.py`. What happens to a request, and what a guard must know, stands in `web/http/application.py`.
    """
    app = Application("web")
    app.cors.allowed = origins(cors)
    app.budgets.limits = limits or Limits()
    app.extensions[pages.EXTENSION] = source
    public.publish(app, None if public_url is None else public.checked(public_url))
    if behind_proxy:
        public.trust_proxy(app)
    app.extensions[original.TAKER] = taker()
    writing.prepare(app)
    batch_views.prepare(app)
    app.extensions[pages.SAVED] = saved
    if corpus is not None:
        app.extensions[original.EXTENSION] = corpus
    app.jinja_options = {"trim_blocks": True, "lstrip_blocks": True}
    for room in ROOMS:
        app.register_blueprint(room.blueprint)
    errors.register(app)
    if guard is not None:
        app.before_request(guard)
    app.jinja_env.globals.update(
        t=texts.t,
        in_language=texts.in_language,
        language=language,
        asset_url=assets.asset_url,
        page_told=printed.page_told,
        is_unsure=printed.is_unsure,
        genre_label=show.genre_label,
        kind_label=show.kind_label,
        report_url=urls.report_url,
        comparison_url=addresses.comparison_url,
        echoes_url=echoes_url,
        passage_echoes_url=passage_echoes_url,
        marked_passage_url=urls.marked_passage_url,
        passage_url=urls.passage_url,
        web_address=urls.web_address,
        token=writing.token,
        keeps=pages.keeps,
        is_guarded=here.is_guarded,
        is_shared=writing.is_shared,
    )
    app.jinja_env.filters.update(
        plain=show.plain,
        number=show.number,
        date=show.date,
        day=show.day,
        percent=show.percent,
        said=said.said,
        xml_text=drawing.xml_text,
        checked=checked,
    )
    return app
