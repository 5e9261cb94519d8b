"""A large shop, made with arrays and put straight into a store: no files, nothing to resolve.

What costs an analysis time is there: customers of very unlike size, parts that each customer orders
again, trades that share processes, some who slow down, pay later or turn to other parts, mail,
posts, shows and ties.
"""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from graphkit import schema
from graphkit.batch import Batch, Source
from graphkit.declaration import MONEY_UNIT
from graphkit.store.embedded import EmbeddedStore

END, MONTHS, RECENT = np.datetime64("2026-07-01"), 36, 5
TRADES, PROCESSES, MATERIALS, FINISHES, METHODS, SHOWS = 12, 14, 45, 11, 12, 16
PARTS_EACH, LINES_AN_ORDER, CONTACTS_EACH = 20, 2, 2
TOPICS, CAMPAIGNS, PAGES = 20, 120, 14
SLOWER, LATER, TURNING, SMALLER, OF = 0, 3, 7, 9, 20
"""Which of every twenty customers order less, pay later, turn to other parts, or smaller lots."""
QUOTED, CLICKING, NEVER_PAID = 0.4, 0.1, 0.005
SOURCE = Source.of(system="erp", kind="rows", path="rows.csv", content=b"rows")

Ints = npt.NDArray[np.integer]
Days = npt.NDArray[np.datetime64]


def named(prefix: str, numbers: Ints) -> pd.Series:
    """Ids such as erp:K12 for numbers."""
    known, codes = np.unique(numbers, return_inverse=True)
    texts = pa.array([f"{prefix}{one}" for one in known.tolist()], pa.string())
    return pd.Series(texts.take(pa.array(codes)).to_pandas(types_mapper=pd.ArrowDtype))


class LargeShop:
    """A shop of some size, written once.

    Args:
        store: An empty store.
        customers: How many.
        lines: How many order lines, about.
        seed: Of everything random.
    """

    def __init__(self, store: EmbeddedStore, customers: int, lines: int, seed: int = 1) -> None:
        self._store, self._customers, self._lines = store, customers, lines
        self._chance = np.random.default_rng(seed)
        self._trade = self._chance.integers(0, TRADES, customers)
        start = END.astype("datetime64[M]") - MONTHS
        self._firsts = (start + np.arange(MONTHS + 1)).astype("datetime64[D]")

    def write(self) -> None:
        """Everything, in one transaction."""
        with self._store.transaction():
            self._master_data()
            self._parts()
            self._trading()
            self._mail()
            self._ties()

    def _put(self, entity: type[schema.Entity], columns: Mapping[str, object]) -> None:
        source = SOURCE if "file_id" in entity.properties else None
        if "row" in entity.properties:
            length = max(len(one) for one in columns.values())  # type: ignore[arg-type]
            columns = {**columns, "row": np.arange(2, length + 2)}
        self._store.write(Batch.of(entity, pd.DataFrame(columns), source=source), run=1)

    def _some(self, count: int) -> Ints:
        return self._chance.integers(0, self._customers, count)

    def _days(self, count: int) -> Days:
        span = int((END - self._firsts[0]).astype(int))
        return self._firsts[0] + self._chance.integers(0, span, count)

    def _master_data(self) -> None:
        for entity, count in (
            (schema.Industry, TRADES),
            (schema.Process, PROCESSES),
            (schema.Material, MATERIALS),
            (schema.Finish, FINISHES),
            (schema.Method, METHODS),
            (schema.Topic, TOPICS),
            (schema.Employee, 4),
        ):
            ids = named(f"{entity.__name__} ", np.arange(count))
            self._put(entity, {"id": ids, "name": ids})
        shows = np.arange(SHOWS)
        ids = named("show:", shows)
        series = named("Show ", shows // 2)
        self._put(schema.TradeShow, {"id": ids, "series": series, "year": 2024 + shows % 2})
        every = np.arange(self._customers + self._customers // 10)  # the last are end customers
        companies, accounts = named("K", every), named("erp:K", every)
        buys = every < self._customers
        trades = named("Industry ", np.resize(self._trade, len(every)))
        aliases = [[one] for one in companies]
        self._put(
            schema.Company,
            {
                "id": companies,
                "name": named("Customer ", every),
                "is_customer": buys,
                "aliases": aliases,
                "industry": trades,
            },
        )
        self._put(
            schema.Account,
            {
                "id": accounts,
                "system": ["erp"] * len(every),
                "name": named("Customer ", every),
                "industry": trades,
            },
        )
        self._put(
            schema.Is,
            {
                "from_id": accounts,
                "to_id": companies,
                "score": np.ones(len(every)),
                "reason": ["only one"] * len(every),
            },
        )

    def _parts(self) -> None:
        """Each customer's parts: of what its trade is made of and by, with lot and price."""
        count = self._customers * PARTS_EACH
        trade = np.repeat(self._trade, PARTS_EACH)

        def drawn(kinds: int) -> Ints:
            leaning = self._chance.dirichlet(np.full(kinds, 0.3), TRADES).cumsum(axis=1)
            return (self._chance.random((count, 1)) > leaning[trade]).sum(axis=1).clip(0, kinds - 1)

        self._process, self._material, self._finish = map(drawn, (PROCESSES, MATERIALS, FINISHES))
        self._lot = np.exp(self._chance.normal(3.5, 1.0, count))
        self._price = (np.exp(self._chance.normal(3.0, 1.0, count)) * MONEY_UNIT).astype(np.int64)
        self._tolerance = self._chance.choice([0.005, 0.01, 0.025, 0.05, 0.1], count)
        ids = named("Part ", np.arange(count))
        self._put(schema.Part, {"id": ids, "number": ids})

    def _trading(self) -> None:
        customer, day = self._orders()
        numbers = named("erp:O", np.arange(len(customer)))
        who, shipped = named("erp:K", customer), ["shipped"] * len(customer)
        self._put(
            schema.Order,
            {
                "id": numbers,
                "number": numbers,
                "account": who,
                "ordered_on": day,
                "status": shipped,
            },
        )
        amounts = self._order_lines(customer, day)
        self._money(customer, day, amounts)
        self._quotes(customer, day)

    def _orders(self) -> tuple[Ints, Days]:
        """Customer and day of every order; one customer in twenty orders less of late."""
        size = np.exp(self._chance.normal(0.0, 1.0, self._customers))
        rate = np.repeat(size[:, None], MONTHS, axis=1)
        rate[SLOWER::OF, -RECENT:] *= 0.4
        wanted = self._lines / LINES_AN_ORDER
        counts = self._chance.poisson(rate * wanted / rate.sum())
        cells = np.repeat(np.arange(counts.size), counts.ravel())
        month = cells % MONTHS
        return cells // MONTHS, self._firsts[month] + self._chance.integers(0, 28, len(cells))

    def _order_lines(self, customer: Ints, day: Days) -> Ints:
        """Lines of every order: its amount in all; some customers turn to other parts."""
        chance, orders = self._chance, len(customer)
        order = np.repeat(np.arange(orders), chance.integers(1, 2 * LINES_AN_ORDER, orders))
        turn = chance.geometric(0.15, len(order)) % PARTS_EACH
        moved = (customer[order] % OF == TURNING) & (day[order] > self._firsts[MONTHS - 12])
        turn = np.where(moved, PARTS_EACH - 1 - turn, turn)
        part = customer[order] * PARTS_EACH + turn
        quantity = np.ceil(self._lot[part] * np.exp(chance.normal(0.0, 0.3, len(order))))
        smaller = customer[order] % OF == SMALLER
        month = (
            day[order].astype("datetime64[M]") - self._firsts[0].astype("datetime64[M]")
        ).astype(int)
        quantity = np.ceil(np.where(smaller, quantity * np.exp(-month / MONTHS), quantity))
        amount = (quantity * self._price[part]).astype(np.int64)
        number = np.arange(len(order)) - np.searchsorted(order, order)
        promised = day[order] + chance.integers(14, 40, len(order))
        self._put(
            schema.OrderLine,
            {
                "id": named("erp:L", np.arange(len(order))),
                "order": named("erp:O", order),
                "line": named("", number + 1),
                "account": named("erp:K", customer[order]),
                "ordered_on": day[order],
                "part": named("Part ", part),
                "process": named("Process ", self._process[part]),
                "material": named("Material ", self._material[part]),
                "finish": named("Finish ", self._finish[part]),
                "tolerance": self._tolerance[part],
                "quantity": quantity,
                "unit_price": self._price[part],
                "amount": amount,
                "currency": ["USD"] * len(order),
                "minutes": chance.gamma(2.0, 4.0, len(order)).round(1),
                "promised_on": promised,
                "shipped_on": promised + chance.integers(-5, 6, len(order)),
                "status": ["shipped"] * len(order),
            },
        )
        return np.bincount(order, amount, orders).astype(np.int64)

    def _money(self, customer: Ints, day: Days, amounts: Ints) -> None:
        """An invoice an order, paid in one payment; some customers pay later of late."""
        chance = self._chance
        billed = day + 20
        due = billed + 30
        habit = np.maximum(chance.normal(3.0, 6.0, self._customers), -10.0)[customer]
        late = habit + chance.gamma(2.0, 3.0, len(customer))
        late += np.where((customer % OF == LATER) & (due > self._firsts[-RECENT - 1]), 15.0, 0.0)
        paid = due + late.astype(int)
        numbers = np.arange(len(customer))
        known = billed < END
        ids, who = named("fin:I", numbers), named("erp:K", customer)
        self._put(
            schema.Invoice,
            {
                "id": ids[known],
                "number": ids[known],
                "account": who[known],
                "invoiced_on": billed[known],
                "due_on": due[known],
                "amount": amounts[known],
                "currency": ["USD"] * int(known.sum()),
            },
        )
        known = (paid < END) & (chance.random(len(paid)) > NEVER_PAID)
        payments = named("fin:P", numbers)[known]
        self._put(
            schema.Payment,
            {
                "id": payments,
                "account": who[known],
                "paid_on": paid[known],
                "amount": amounts[known],
                "reference": ids[known],
            },
        )
        self._put(
            schema.SettledBy,
            {
                "from_id": ids[known],
                "to_id": payments,
                "amount": amounts[known],
                "on": paid[known],
                "inferred": np.zeros(int(known.sum()), dtype=bool),
            },
        )

    def _quotes(self, customer: Ints, day: Days) -> None:
        """A quote for four orders in ten, and as many that were lost."""
        chance = self._chance
        won = np.flatnonzero(chance.random(len(customer)) < QUOTED)
        asked = np.r_[won, won]
        gone = np.arange(len(asked)) >= len(won)
        part = customer[asked] * PARTS_EACH + chance.integers(0, PARTS_EACH, len(asked))
        quantity = np.ceil(self._lot[part])
        ids = named("erp:Q", np.arange(len(asked)))
        self._put(
            schema.Quote,
            {
                "id": ids,
                "number": ids,
                "account": named("erp:K", customer[asked]),
                "quoted_on": day[asked] - 10,
                "process": named("Process ", self._process[part]),
                "part": named("Part ", part),
                "quantity": quantity,
                "unit_price": self._price[part],
                "amount": (quantity * self._price[part]).astype(np.int64),
                "currency": ["USD"] * len(asked),
                "status": np.where(gone, "lost", "won"),
                "reason": np.where(gone, "price", None),
                "order": named("erp:O", asked).mask(gone),
            },
        )

    def _mail(self) -> None:
        """Campaigns and pages of a topic each; every contact opens some, as its liking is."""
        chance, people = self._chance, self._customers * CONTACTS_EACH
        persons = named("crm:P", np.arange(people))
        works = named("erp:K", np.arange(people) // CONTACTS_EACH)
        self._put(schema.Person, {"id": persons, "name": persons, "account": works})
        sent = np.sort(self._days(CAMPAIGNS)).astype("datetime64[us]") + np.timedelta64(10, "h")
        mails = named("mail:C", np.arange(CAMPAIGNS))
        self._put(schema.Campaign, {"id": mails, "subject": mails, "sent_at": sent})
        pages = named("web:", np.arange(PAGES))
        self._put(schema.Page, {"id": pages, "title": pages})
        reads = chance.random((people, CAMPAIGNS)) < chance.beta(1, 4, (people, 1))
        who, what = np.nonzero(reads)
        at = sent[what] + (chance.exponential(600.0, len(who)) * 60e6 + 9e7).astype(
            "timedelta64[us]"
        )
        clicks = np.flatnonzero(chance.random(len(who)) < CLICKING)
        for entity, some in ((schema.Opened, np.arange(len(who))), (schema.Clicked, clicks)):
            ends = {"from_id": persons[who[some]].array, "to_id": mails[what[some]].array}
            self._put(entity, {**ends, "at": at[some]})
        visits = self._customers * 7
        seen = {"from_id": named("erp:K", self._some(visits)), "on": self._days(visits)}
        at_page = named("web:", chance.integers(0, PAGES, visits))
        self._put(schema.Visited, {**seen, "to_id": at_page, "seconds": chance.random(visits)})
        posts = named("post:", np.arange(3 * self._customers))
        wrote = {"account": named("erp:K", self._some(len(posts))), "text": posts}
        self._put(schema.Post, {"id": posts, "posted_on": self._days(len(posts)), **wrote})
        for kind, ids in (("Campaign", mails), ("Page", pages), ("Post", posts)):
            about = {
                "from_id": ids,
                "from_type": [kind] * len(ids),
                "to_id": named("Topic ", chance.integers(0, TOPICS, len(ids))),
            }
            self._put(schema.HasTopic, {**about, "component": ["words"] * len(ids)})

    def _ties(self) -> None:
        """Projects, methods, shows, supply links and likes."""
        chance, some = self._chance, self._customers
        projects = named("crm:J", np.arange(some))
        owner = {"account": named("erp:K", self._some(some)), "started_on": self._days(some)}
        self._put(schema.Project, {"id": projects, "name": projects, **owner})
        for entity in (schema.Follows, schema.Liked, schema.Shared):
            ends = {name: named("erp:K", self._some(some)) for name in ("from_id", "to_id")}
            self._put(entity, {**ends, "on": self._days(some)})
        ends_at = named("erp:K", some + chance.integers(0, some // 10, some))
        for entity, kind, to in (
            (schema.Supplies, "", ends_at),
            (schema.Attended, "Account", named("show:", chance.integers(0, SHOWS, 2 * some))),
            (schema.UsesMethod, "Account", named("Method ", chance.integers(0, METHODS, some))),
        ):
            count = len(to)
            said = {
                "from_id": named("erp:K", self._some(count)),
                "to_id": to,
                "on": self._days(count),
                "polarity": ["asserted"] * count,
                "text_id": [""] * count,
                "confidence": chance.uniform(0.5, 1.0, count),
            }
            self._put(entity, said | ({"from_type": [kind] * count} if kind else {}))


def large_shop(folder: Path, customers: int, lines: int) -> Path:
    """The store of such a shop in a folder, made when it is not there.

    Args:
        folder: Where stores are kept; made when it is not there.
        customers: How many.
        lines: How many order lines, about.
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"shop-{customers}-{lines}.duckdb"
    if not path.exists():
        partly = path.with_suffix(".partly")
        partly.unlink(missing_ok=True)
        with EmbeddedStore(partly) as store:
            LargeShop(store, customers, lines).write()
        partly.rename(path)
    return path
