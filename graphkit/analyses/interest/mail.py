"""Who was sent, opened and clicked which mail, without what machines did."""

import dataclasses
from functools import cached_property
from typing import Final

import numpy as np
import numpy.typing as npt
import pandas as pd

from graphkit.analyses.interest.clocks import MINUTE, Clocks, clocks
from graphkit.encoded import positions
from graphkit.schema import Campaign, Clicked, Opened, SentTo
from graphkit.snapshot import Snapshot, days_of

EVERYTHING: Final = 0.9
"""Share of its mails that only a machine opens."""
_LEAST_SENT: Final = 8
"""Mails from which such a share is known."""
_LEAST_AT_ONCE: Final = 3
_MOSTLY: Final = 0.5
"""Share of its opens within a minute of sending that tells of a machine."""
_BURST: Final = 3
"""Clicks in one mail within a minute that follow its links rather than read it."""

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]


@dataclasses.dataclass(frozen=True, slots=True)
class Acts:
    """Opens or clicks, one a row.

    Attributes:
        rows: As they are stored.
        contact: Position of who did it.
        campaign: Position of the mail.
        struck: Why it is not taken for human; empty where it is.
    """

    rows: pd.DataFrame
    contact: Ints
    campaign: Ints
    struck: npt.NDArray[np.object_]

    @property
    def human(self) -> Bools:
        """Which are taken for human."""
        return np.asarray(self.struck == "", dtype=bool)


@dataclasses.dataclass(frozen=True)
class Mail:
    """Contacts by campaigns.

    Attributes:
        contacts: Person ids, sorted.
        companies: Company of each contact.
        campaigns: Campaign ids, sorted.
        days: When each campaign was sent.
        sent: Which campaign went to whom; contacts by campaigns.
        listed: Whether recipients are known from a list for every campaign.
        clocks: How the clocks stand to each other.
        opens: Every open.
        clicks: Every click.
        machines: Contacts whose opens are a machine's, and why; empty where they are not.
    """

    contacts: npt.NDArray[np.object_]
    companies: npt.NDArray[np.object_]
    campaigns: npt.NDArray[np.object_]
    days: npt.NDArray[np.datetime64]
    sent: Bools
    listed: bool
    clocks: Clocks
    opens: Acts
    clicks: Acts
    machines: npt.NDArray[np.object_]

    @cached_property
    def opened(self) -> Bools:
        """Which mails each contact itself opened: who clicks has opened."""
        mask = self._cells(self.opens) | self.clicked
        return np.asarray(mask & (self.machines == "")[:, None], dtype=bool)

    @cached_property
    def clicked(self) -> Bools:
        """In which mails each contact itself clicked."""
        return self._cells(self.clicks)

    def _cells(self, acts: Acts) -> Bools:
        mask = np.zeros(self.sent.shape, dtype=bool)
        human = acts.human
        mask[acts.contact[human], acts.campaign[human]] = True
        return mask


def mail(snap: Snapshot) -> Mail | None:
    """Every contact's mails; None when nobody opened or clicked any.

    Args:
        snap: Needs Campaign, Opened or Clicked, and Person.
    """
    sends = snap.frame(Campaign).sort_values("id", ignore_index=True)
    opened, clicked, told = (_known(snap, one, sends) for one in (Opened, Clicked, SentTo))
    if opened.empty and clicked.empty:
        return None
    contacts = np.unique(np.concatenate([one["contact"] for one in (opened, clicked, told)]))
    campaigns = sends["id"].to_numpy(object)
    at = [
        (positions(one["contact"], contacts), positions(one["campaign"], campaigns))
        for one in (opened, clicked, told)
    ]
    sent_at = sends["sent_at"].to_numpy("datetime64[s]")
    sent, listed = _sent(at, sent_at, (len(contacts), len(campaigns)))
    delays = [
        (one["at"].to_numpy("datetime64[s]") - sent_at[mails]).astype(np.int64)
        for one, (_, mails) in zip((opened, clicked), at[:2], strict=True)
    ]
    known = clocks(delays[0])
    early, early_clicks = (known.at_once(one) for one in delays)
    machines = _machines(at[0], sent, early)
    return Mail(
        contacts=contacts,
        companies=np.array([snap.employers[one] for one in contacts], dtype=object),
        campaigns=campaigns,
        days=days_of(sends["sent_at"]),
        sent=sent,
        listed=listed,
        clocks=known,
        opens=Acts(opened, *at[0], _why_open(machines[at[0][0]], early)),
        clicks=Acts(clicked, *at[1], _why_click(clicked, early_clicks, _bursts(clicked))),
        machines=machines,
    )


def _known(snap: Snapshot, entity: type, sends: pd.DataFrame) -> pd.DataFrame:
    """What a contact of a known company did with a known mail."""
    contact, mailed = ("to_id", "from_id") if entity is SentTo else ("from_id", "to_id")
    rows = snap.frame(entity).rename(columns={contact: "contact", mailed: "campaign"})
    kept = rows["contact"].isin(list(snap.employers)) & rows["campaign"].isin(sends["id"])
    rows = rows[kept.to_numpy(dtype=bool)].reset_index(drop=True)
    return rows.astype({"contact": object, "campaign": object})


def _sent(
    at: list[tuple[Ints, Ints]],
    sent_at: npt.NDArray[np.datetime64],
    shape: tuple[int, int],
) -> tuple[Bools, bool]:
    """What went to whom, and whether lists say so.

    A campaign without a list of recipients went to every contact that had been seen with an earlier
    one, or with itself.
    """
    seen = np.zeros(shape, dtype=bool)
    for contact, campaign in at:
        seen[contact, campaign] = True
    lists = np.zeros(shape[1], dtype=bool)
    lists[at[2][1]] = True
    order = np.argsort(sent_at, kind="stable")
    since = np.zeros(shape, dtype=bool)
    since[:, order] = np.logical_or.accumulate(seen[:, order], axis=1)
    return np.where(lists, seen, since), bool(lists.all())


def _machines(at: tuple[Ints, Ints], sent: Bools, early: Bools) -> npt.NDArray[np.object_]:
    """Why a contact's opens are a machine's."""
    count = len(sent)
    opened = np.zeros(sent.shape, dtype=bool)
    opened[at] = True
    mails, opens = sent.sum(axis=1), opened.sum(axis=1)
    acts = np.bincount(at[0], minlength=count)
    at_once = np.bincount(at[0][early], minlength=count)
    why = np.full(count, "", dtype=object)
    why[(mails >= _LEAST_SENT) & (opens >= EVERYTHING * mails)] = "opens nearly everything"
    mostly = (at_once >= _LEAST_AT_ONCE) & (at_once >= _MOSTLY * acts)
    why[mostly] = "opens within a minute of sending"
    return why


def _why_open(machine: npt.NDArray[np.object_], early: Bools) -> npt.NDArray[np.object_]:
    return np.where((machine == "") & early, "within a minute of sending", machine)


def _why_click(clicks: pd.DataFrame, early: Bools, bursts: Bools) -> npt.NDArray[np.object_]:
    why = np.full(len(clicks), "", dtype=object)
    why[bursts] = "many links within a minute"
    why[early] = "within a minute of sending"
    return why


def _bursts(clicks: pd.DataFrame) -> Bools:
    """Which clicks are of a mail whose links were followed one after the other at once."""
    found = np.zeros(len(clicks), dtype=bool)
    if clicks.empty:
        return found
    rows = clicks[["contact", "campaign"]].assign(
        second=clicks["at"].to_numpy("datetime64[s]").astype(np.int64)
    )
    rows = rows.sort_values(["contact", "campaign", "second"])
    mail = rows.groupby(["contact", "campaign"], sort=False).ngroup().to_numpy()
    second, place = rows["second"].to_numpy(), rows.index.to_numpy()
    last = np.arange(_BURST - 1, len(rows))
    first = last - (_BURST - 1)
    quick = (mail[first] == mail[last]) & (second[last] - second[first] <= MINUTE)
    for step in range(_BURST):
        found[place[first[quick] + step]] = True
    return found
