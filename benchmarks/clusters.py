"""Whether clusters are the planted groups, beside what the industry column alone would give.

Run: python benchmarks/clusters.py [--seeds 8] [--customers 120] [--networks FOLDER] [--record]

For each seed of the simulator: Adjusted Mutual Information of clusters and planted groups over the
customers that are in a cluster, the share of customers in one, the same for the industry column,
how many clusters a rewired shop shows, and seconds. With --networks also two public graphs with
known groups (football.gml, physicians_edges.csv and physicians_nodes.csv), which are not ours to
ship.
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import networkx as nx
import numpy as np
import pandas as pd
from results import Results, record_option
from scipy import sparse, special

from graphkit.analyses.clustering.features import customer_features
from graphkit.analyses.clustering.partition import partition
from graphkit.analyses.clustering.rewiring import rewired
from graphkit.analyses.clustering.stability import RESOLUTIONS, stable_clusters
from graphkit.analyses.clusters import clusters
from graphkit.pipeline.load import load
from graphkit.simulator import Stories, simulate
from graphkit.snapshot import Snapshot, latest_day
from graphkit.workspace import Workspace


def contingency(one: Sequence[object], other: Sequence[object]) -> np.ndarray:
    """How many items are in each pair of groups."""
    left, right = pd.factorize(pd.Series(one))[0], pd.factorize(pd.Series(other))[0]
    table = np.zeros((left.max() + 1, right.max() + 1))
    np.add.at(table, (left, right), 1)
    return table


def entropy(sizes: np.ndarray) -> float:
    """In nats."""
    return float(special.entr(sizes / sizes.sum()).sum())


def mutual_information(table: np.ndarray) -> float:
    """In nats."""
    return entropy(table.sum(0)) + entropy(table.sum(1)) - entropy(table.ravel())


def adjusted_mutual_information(one: Sequence[object], other: Sequence[object]) -> float:
    """Agreement of two groupings, 0 as by chance and 1 when equal (Vinh, Epps and Bailey 2010)."""
    table = contingency(one, other)
    total = table.sum()
    expected = 0.0
    log_factorial = special.gammaln(np.arange(total + 2) + 1)
    for a in table.sum(1).astype(int):
        for b in table.sum(0).astype(int):
            shared = np.arange(max(1, a + b - int(total)), min(a, b) + 1)
            log_p = (
                log_factorial[[a, b, int(total) - a, int(total) - b]].sum()
                - log_factorial[int(total)]
                - log_factorial[shared]
                - log_factorial[a - shared]
                - log_factorial[b - shared]
                - log_factorial[int(total) - a - b + shared]
            )
            information = shared / total * np.log(total * shared / (a * b))
            expected += float((information * np.exp(log_p)).sum())
    most = (entropy(table.sum(0)) + entropy(table.sum(1))) / 2
    return (mutual_information(table) - expected) / (most - expected)


def normalized_mutual_information(one: Sequence[object], other: Sequence[object]) -> float:
    """Agreement of two groupings, 0 to 1, without correction for chance."""
    table = contingency(one, other)
    return 2 * mutual_information(table) / (entropy(table.sum(0)) + entropy(table.sum(1)))


def one_shop(seed: int, customers: int) -> dict[str, float]:
    """Figures of one simulated shop, through its exports as a user would load them."""
    shop = simulate(seed=seed, customers=customers, stories=Stories.for_shop(customers))
    group = {shop.truth.domains[name]: number for name, number in shop.truth.groups.items()}
    with tempfile.TemporaryDirectory() as folder:
        shop.write(Path(folder) / "exports")
        workspace, _ = Workspace.create(Path(folder))
        with workspace.open_store() as store:
            load(store, [Path(folder) / "exports"], currency="USD", say=lambda _: None)
            snap = Snapshot(store, latest_day(store))
            known = snap.customers[snap.customers["domain"].isin(group).to_numpy(dtype=bool)]
            truth = dict(zip(known["id"], known["domain"].map(group), strict=True))
            begin = time.perf_counter()
            found = list(clusters(snap))
            seconds = time.perf_counter() - begin
            families = [one.family for one in customer_features(snap)]
    inside = [
        (truth[member["id"]], number)
        for number, one in enumerate(found)
        for member in one.details.get("members", ())
        if member["id"] in truth
    ]
    stated = known.dropna(subset=["industry"])
    null = partition(rewired(families, np.random.default_rng(seed)))
    return {
        "seed": seed,
        "clusters": len({number for _, number in inside}),
        "AMI": adjusted_mutual_information(*zip(*inside, strict=True)) if inside else np.nan,
        "in a cluster": len(inside) / len(truth),
        "industry AMI": adjusted_mutual_information(
            stated["id"].map(truth).tolist(), stated["industry"].tolist()
        ),
        "clusters if rewired": len(null.stable.stability) if null.holds else 0,
        "seconds": seconds,
    }


def network(name: str, graph: sparse.csr_array, truth: Sequence[object], results: Results) -> None:
    """Print and keep how a public graph's communities agree with its known groups."""

    def induced(present: np.ndarray) -> sparse.csr_array:
        kept = sparse.diags_array(present.astype(float))
        return sparse.csr_array(kept @ graph @ kept)

    found = stable_clusters(graph, induced, resolutions=(0.3, 0.5, *RESOLUTIONS))
    inside = found.labels >= 0
    known = np.array(truth, dtype=object)
    every = normalized_mutual_information(truth, found.communities.tolist())
    lasting = normalized_mutual_information(known[inside].tolist(), found.labels[inside].tolist())
    print(
        f"{name}: NMI of all communities {every:.3f}, of the {inside.mean():.0%} in a lasting"
        f" cluster {lasting:.3f}, resolution {found.resolution}"
    )
    parts = nx.community.louvain_communities(nx.from_scipy_sparse_array(graph), seed=1)
    part_of = {node: number for number, nodes in enumerate(parts) for node in nodes}
    louvain = normalized_mutual_information(truth, [part_of[one] for one in range(len(truth))])
    results.add(
        f"{name}: agreement (NMI) of communities with the known groups",
        every,
        f"{len(truth)} nodes",
        unit="",
        peer="Louvain of networkx",
        peer_value=louvain,
    )


def networks(folder: Path) -> Results:
    """The two public graphs."""
    results = Results("clusters-networks", "public graphs with known groups", real=True)
    football = nx.read_gml(folder / "football.gml")
    names = list(football)
    matrix = nx.to_scipy_sparse_array(football, nodelist=names, format="csr", dtype=float)
    groups = [football.nodes[one]["value"] for one in names]
    network("football", sparse.csr_array(matrix), groups, results)
    nodes = pd.read_csv(folder / "physicians_nodes.csv")
    ties = pd.read_csv(folder / "physicians_edges.csv").drop_duplicates(["source", "target"])
    place = pd.Index(nodes["id"])
    size = len(nodes)
    ends = (place.get_indexer(ties["source"]), place.get_indexer(ties["target"]))
    directed = sparse.csr_array((np.ones(len(ties)), ends), shape=(size, size))
    either = sparse.csr_array(directed.maximum(directed.T))
    network("physicians", either, nodes["city"].tolist(), results)
    return results


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--customers", type=int, default=120)
    parser.add_argument("--networks", type=Path)
    record_option(parser)
    options = parser.parse_args()
    rows = []
    for seed in range(1, options.seeds + 1):
        rows.append(one_shop(seed, options.customers))
        print({name: round(value, 3) for name, value in rows[-1].items()}, flush=True)
    mean = pd.DataFrame(rows).drop(columns="seed").mean()
    print("mean", mean.round(3).to_dict())
    results = Results("clusters", f"{options.seeds} shops of {options.customers} customers")
    if rows:
        shops = f"{len(rows)} shops"
        results.add(
            "Agreement (AMI) of clusters with the planted groups",
            mean["AMI"],
            shops,
            unit="",
            peer="the industry column of the CRM",
            peer_value=mean["industry AMI"],
        )
        results.add("Customers that are in a cluster", mean["in a cluster"], shops)
        nothing = mean["clusters if rewired"]
        results.add("Clusters told in the same shop, rewired at random", nothing, shops, unit="")
    every = [results, *([networks(options.networks)] if options.networks else [])]
    for one in every if options.record else ():
        one.write()


if __name__ == "__main__":
    main()
