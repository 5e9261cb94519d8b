"""Two ways to fetch program files from Maven Central: an installed Maven, and jgo (Python only)."""

import shutil
import subprocess
import threading
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

from graphkit.errors import GraphkitError
from graphkit.local_neo4j.lockfile import Bundle, Jar

STREAMS = 8
"""Files fetched at once; the single files are small, so waiting is most of the time."""
TRIES = 3
TELL_EVERY = 25
"""Files between two lines of progress."""
MAVEN_PLUGIN = "org.apache.maven.plugins:maven-dependency-plugin:3.8.1"
MAVEN_LIMIT = 1800
"""Seconds after which Maven counts as hanging, and is ended."""


def by_jgo(bundle: Bundle, jars: Sequence[Jar], staging: Path, say: Callable[[str], None]) -> None:
    """Fetch `jars` into `staging` with jgo, several at once; each is tried three times.

    Args:
        bundle: What they belong to.
        jars: What to fetch; files already in `staging` with the right bytes are kept.
        staging: An existing folder.
        say: Called with a line of progress now and then.

    Raises:
        GraphkitError: When a file could not be fetched.
    """
    wanted = [jar for jar in jars if not jar.is_in(staging)]
    with ThreadPoolExecutor(STREAMS) as pool:
        running = [pool.submit(_fetch_one, jar, staging) for jar in wanted]
        for number, done in enumerate(as_completed(running), start=1):
            problem = done.exception()
            if problem is not None:
                pool.shutdown(cancel_futures=True)
                raise problem
            if number % TELL_EVERY == 0 or number == len(wanted):
                say(f"fetching {bundle.title}: {number} of {len(wanted)} files")


def _fetch_one(jar: Jar, staging: Path) -> None:
    import requests  # noqa: PLC0415 - jgo's own client, for its exceptions
    from jgo.maven import MavenContext  # noqa: PLC0415 - an extra, loaded only when it is needed

    # A repository of its own per file: jgo writes in place, so a stopped download must be
    # thrown away whole, and the user's own Maven repository is not ours to write to.
    repository = staging / f"{jar.file_name}.repository"
    last: Exception | None = None
    for _ in range(TRIES):
        shutil.rmtree(repository, ignore_errors=True)
        context = MavenContext(repo_cache=repository, timeout=60)
        component = context.project(jar.group, jar.artifact).at_version(jar.version)
        try:
            path = component.artifact(classifier=jar.classifier, packaging="jar").resolve()
        except (OSError, RuntimeError, requests.RequestException) as problem:
            last = problem
            continue
        path.replace(staging / jar.file_name)
        shutil.rmtree(repository)
        if jar.is_in(staging):
            return
        last = None
    reason = str(last) if last else "it arrives with other bytes than the locked ones"
    raise GraphkitError(
        f"Could not fetch {jar.file_name}: {reason}",
        next_step="check the connection to Maven Central (proxy, certificate), then run it again",
    ) from last


def by_maven(
    maven: str, bundle: Bundle, staging: Path, say: Callable[[str], None], *, goal: str = ""
) -> None:
    """Let an installed Maven copy all files of a bundle into `staging`.

    Args:
        maven: Path of the `mvn` program.
        bundle: What to resolve.
        staging: An existing folder.
        say: Called before, since this takes a minute or two.
        goal: Another goal of Maven's dependency plug-in with its options, for `relock.py`.

    Raises:
        GraphkitError: When Maven failed; with its own words.
    """
    say(f"fetching {bundle.title} with Maven; this takes a minute or two the first time")
    (staging / "pom.xml").write_text(_pom(bundle.roots), "utf-8")
    goals = goal.split() if goal else ["copy-dependencies", "-DoutputDirectory=."]
    command = [maven, "-B", "-f", "pom.xml", f"{MAVEN_PLUGIN}:{goals[0]}", *goals[1:]]
    with subprocess.Popen(  # noqa: S603 - the user's own Maven, no shell
        [*command, "-DincludeScope=runtime"],
        cwd=staging,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as running:
        hanging = threading.Timer(MAVEN_LIMIT, running.kill)
        hanging.start()
        try:
            said = _told(running.stdout or (), bundle, say)
        finally:
            hanging.cancel()
            running.kill()  # it has ended, unless this process was asked to
    if running.returncode:
        reason = " ".join(said[:2]) or f"it ended with {running.returncode}"
        raise GraphkitError(
            f"Maven could not fetch {bundle.title}: {reason}",
            next_step="check Maven's connection, or pip install 'graphkit-crm[neo4j]'",
        )


def _told(output: Iterable[str], bundle: Bundle, say: Callable[[str], None]) -> list[str]:
    """Say now and then how many files Maven has fetched; its lines about errors."""
    errors, fetched = [], 0
    for line in output:
        if line.startswith("Downloaded from") and ".jar " in line:
            fetched += 1
            if fetched % TELL_EVERY == 0:
                say(f"fetching {bundle.title}: {fetched} files")
        elif line.startswith("[ERROR]"):
            errors.append(line.strip())
    return errors


def _pom(roots: Sequence[str]) -> str:
    dependency = (
        "<dependency><groupId>{}</groupId><artifactId>{}</artifactId><version>{}</version>"
        "</dependency>"
    )
    wanted = "".join(dependency.format(*root.split(":")) for root in roots)
    return (
        '<project xmlns="http://maven.apache.org/POM/4.0.0"><modelVersion>4.0.0</modelVersion>'
        "<groupId>graphkit</groupId><artifactId>neo4j</artifactId><version>1</version>"
        f"<packaging>pom</packaging><dependencies>{wanted}</dependencies></project>"
    )
