"""The pages of a site: the week, findings, customers, industries, clusters."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from graphkit.analyses.profile import profile
from graphkit.drawing import Chart, Draw, Links
from graphkit.findings import Finding, Level, Ref
from graphkit.reports.charts.customer import customer_charts
from graphkit.reports.charts.orders_over_time import orders_over_time
from graphkit.reports.citations import Citations
from graphkit.reports.cluster import cluster_report
from graphkit.reports.customer import customer_page
from graphkit.reports.gist import by_subject
from graphkit.reports.industry import industry_contents
from graphkit.reports.network.told import node_of
from graphkit.reports.ordered import ordered_last_year
from graphkit.reports.page import Contents
from graphkit.reports.page import page_of as contents_page
from graphkit.reports.site import CAPACITY, MAP, Entry, Site, index_of, page_of
from graphkit.reports.tables import Cells, Column, Table
from graphkit.reports.templating import render
from graphkit.reports.text import summary
from graphkit.reports.weekly.gather import Weekly
from graphkit.reports.weekly.page import weekly_page
from graphkit.reports.weekly.subjects import CLUSTER
from graphkit.schema import Industry
from graphkit.snapshot import Snapshot

_PAGES: Final = (
    Entry("index.html", "This week"),
    Entry("findings.html", "Findings"),
    Entry("customers.html", "Customers"),
    Entry("industries.html", "Industries"),
    Entry(CAPACITY, "Capacity"),
    Entry("clusters.html", "Clusters"),
    Entry(MAP, "Map"),
)
_COMPARED: Final = Entry("industries-compared.html", "Industries side by side")
_NO_CUSTOMERS: Final = "No customer is known yet: sales order lines from the ERP bring them."
_NO_INDUSTRIES: Final = "No industry is known yet: a column Industry in the CRM export brings it."
_LEVELS: Final = {Level.ALERT: "Alerts", Level.WATCH: "To watch"}


@dataclasses.dataclass(frozen=True, slots=True)
class Pages:
    """What a site is made of.

    Attributes:
        snap: What is known.
        week: The weekly report.
        found: All findings, ranked.
        brings: The export that brings rows of a type, by its name.
        capacity: What is told of capacity.
        limit: Customers that have a page of their own, at most.
        draw: Makes SVG of charts; None where nothing is installed that does.
    """

    snap: Snapshot
    week: Weekly
    found: Sequence[Finding]
    brings: Mapping[str, str]
    capacity: Contents
    limit: int
    draw: Draw | None

    @property
    def links(self) -> Links:
        """Where the map leads."""
        home, *_ = _PAGES
        about = (*self._customers[: self.limit], *self._industries)
        return Links(home.href, home.title, {node_of(one): page_of(one) for one in about})

    def made(self) -> Iterator[tuple[str, str]]:
        """Each page but the map: its file, and what stands in it."""
        snap = self.snap
        ordered = ordered_last_year(snap)
        customers = self._customers
        shown = customers[: self.limit]
        entries = list(self._entries(shown))
        files, index = frozenset(one.href for one in entries), index_of(entries)

        def seen_from(file: str, about: Ref | None = None) -> Site:
            return Site(file, _PAGES, files, index, about)

        yield "index.html", weekly_page(self.week, snap.files, "html", site=seen_from("index.html"))
        yield "findings.html", _findings(self.found, snap, seen_from("findings.html"))
        table = self._customer_table(customers, ordered)
        yield "customers.html", _listing(table, _NO_CUSTOMERS, seen_from("customers.html"))
        clusters = cluster_report(snap, self.found, "html", site=seen_from("clusters.html"))
        yield "clusters.html", clusters
        yield CAPACITY, self._page(self.capacity, seen_from(CAPACITY))
        yield from self._of_industries(ordered, seen_from)
        for one in shown:
            yield page_of(one), self._customer(one, seen_from(page_of(one), one))

    def _of_industries(
        self, ordered: Mapping[str, float], seen_from: Callable[[str], Site]
    ) -> Iterator[tuple[str, str]]:
        """All industries as a list, side by side, and each by itself."""
        table, here = self._industry_table(ordered), seen_from("industries.html")
        yield "industries.html", _listing(table, _NO_INDUSTRIES, here, more=_COMPARED)
        compared = industry_contents(self.snap, self.found)
        yield _COMPARED.href, self._page(compared, seen_from(_COMPARED.href))
        for ref in self._industries:
            contents = industry_contents(self.snap, self.found, name=ref.id)
            yield page_of(ref), self._page(contents, seen_from(page_of(ref)))

    def _customer(self, one: Ref, site: Site) -> str:
        known = profile(self.snap, one.id, self.found, brings=self.brings)
        charts = self._charts(one)
        files = self.snap.files
        return customer_page(known, files, "html", charts=charts, draw=self.draw, site=site)

    def _page(self, contents: Contents, site: Site) -> str:
        return contents_page(contents, Citations(self.snap.files), "html", self.draw, site=site)

    @property
    def _industries(self) -> list[Ref]:
        """Those that have customers, by name."""
        names = _industry_names(self.snap)
        known = sorted(set(self.snap.customers["industry"].dropna()))
        refs = [Ref("Industry", str(one), names.get(str(one), str(one))) for one in known]
        return sorted(refs, key=lambda one: one.name)

    def _charts(self, one: Ref) -> Mapping[str, Sequence[Chart | None]]:
        """Its charts; of whom nothing alarms the first only, since each takes a while."""
        if any(each.alarming and each.subject.id == one.id for each in self.found):
            return customer_charts(self.snap, one.id, self.found)
        return {"top": [orders_over_time(self.snap, one.id, self.found)]}

    @property
    def _with_findings(self) -> set[str]:
        return {one.subject.id for one in self.found if one.level in _LEVELS}

    def _entries(self, shown: Sequence[Ref]) -> Iterator[Entry]:
        """What the search box finds."""
        yield from _PAGES
        yield from (Entry(page_of(one), one.name, "customer") for one in shown)
        yield _COMPARED
        for ref in self._industries:
            yield Entry(page_of(ref), ref.name, "industry")
        for one in self.found:
            if one.kind == CLUSTER and one.details.get("members"):
                yield Entry("clusters.html", one.subject.name, "cluster")

    @property
    def _customers(self) -> list[Ref]:
        """Every customer: those with a finding first, then who ordered most."""
        told, ordered = self._with_findings, ordered_last_year(self.snap)
        refs = [self.snap.ref(one) for one in self.snap.customers.index]
        return sorted(
            refs, key=lambda one: (one.id not in told, -ordered.get(one.id, 0.0), one.name, one.id)
        )

    def _customer_table(self, customers: Sequence[Ref], ordered: Mapping[str, float]) -> Table:
        columns = (
            Column("customer", "Customer"),
            Column("industry", "Industry"),
            Column("cluster", "Cluster"),
            Column("ordered", "Ordered in 12 months", Cells.WHOLE, self.snap.currency),
            Column("told", "What deserves attention"),
        )
        clusters = {
            member["id"]: one.subject.name
            for one in self.found
            for member in one.details.get("members", ())
            if one.kind == CLUSTER
        }
        told = self._told()
        industries = _industry_names(self.snap)
        rows = [
            {
                "customer": one.name,
                "href": page_of(one) if at < self.limit else "",
                "industry": industries.get(str(self.snap.companies.at[one.id, "industry"])),
                "cluster": clusters.get(one.id),
                "ordered": round(ordered.get(one.id, 0.0)),
                "told": told.get(one.id),
            }
            for at, one in enumerate(customers)
        ]
        count = len(customers)
        title = f"{count:,} customers, those with a finding first, then by what they ordered."
        if count > self.limit:
            title += (
                f" The first {self.limit:,} have a page here (graphkit report site --customers"
                " says how many), every other one by graphkit report customer NAME."
            )
        return Table("customers", title, columns, rows)

    def _industry_table(self, ordered: Mapping[str, float]) -> Table:
        columns = (
            Column("industry", "Industry"),
            Column("customers", "Customers", Cells.WHOLE),
            Column("ordered", "Ordered in 12 months", Cells.WHOLE, self.snap.currency),
            Column("told", "What deserves attention"),
        )
        known = self.snap.customers["industry"].dropna()
        names, told = _industry_names(self.snap), self._told()
        rows = []
        for key, its in known.groupby(known):
            rows.append(
                {
                    "industry": names.get(str(key), str(key)),
                    "href": page_of(Ref("Industry", str(key), "")),
                    "customers": len(its),
                    "ordered": round(sum(ordered.get(str(one), 0.0) for one in its.index)),
                    "told": told.get(str(key)),
                }
            )
        rows.sort(key=lambda row: (-int(str(row["ordered"])), str(row["industry"])))
        title = f"{len(rows):,} industries, those whose customers ordered most first."
        return Table("industries", title, columns, rows)

    def _told(self) -> dict[str, str]:
        """What was found of each subject, in kinds."""
        found: dict[str, list[str]] = {}
        for one in self.found:
            if one.level in _LEVELS:
                found.setdefault(one.subject.id, []).append(f"{one.level}: {one.kind}")
        return {key: ", ".join(dict.fromkeys(kinds)) for key, kinds in found.items()}


def _industry_names(snap: Snapshot) -> dict[str, str]:
    rows = snap.frame(Industry)
    return dict(zip(rows["id"], rows["name"], strict=True))


def _listing(table: Table, empty: str, site: Site, *, more: Entry | None = None) -> str:
    title = table.name.capitalize()
    return render("listing.html", site=site, title=title, table=table, empty=empty, more=more)


def _findings(found: Sequence[Finding], snap: Snapshot, site: Site) -> str:
    groups = by_subject(one for one in found if one.level in _LEVELS)
    sections = [
        (title, those)
        for level, title in _LEVELS.items()
        if (those := [group for group in groups if group[0].level is level])
    ]
    return render(
        "findings.html",
        site=site,
        sections=sections,
        summary=summary(found),
        files=snap.files,
        as_of=snap.as_of,
    )
