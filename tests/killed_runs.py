"""Runs that are killed, stopped, starved or met by another one; and what must hold of a project afterwards.

A small project has two worlds of data, A and B, that differ in one target: every edition tells of which it
was made. A test tries a few of each kind; `python -m benchmarks chaos` tries hundreds.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from bs4 import BeautifulSoup
from worker_tasks import MARKER, eventually, marked

from asf_analysis.disclosure.audit import audit_folder
from asf_analysis.folders import published_years, years_beside
from asf_analysis.reports.manifest import is_as_published, read_manifest
from asf_analysis.reports.publish import EDITION_FILE, REPLACED, STAGING, edition_time
from asf_analysis.swedish.writing import format_number

ROOT = Path(__file__).parent.parent
WORLDS = {"A": 71701, "B": 82802}
"""The target for participants, of all years: in no world does another figure come near it."""

YEARS = (2016, 2017)
CELLS = {"annual_report": 5, "gender_equality": 4}
"""How many cells of each notebook are kept: its parameters, its cover and a sentence or two."""

SECONDS_TO_END = 30
"""How long whatever a killed run started may take to end."""

SECONDS_TO_STOP = 10
"""How long a run that is asked to stop may take."""

MOMENT = 0.0005
"""Seconds between two looks at how far a run has come."""

ENOUGH = 32_000_000
"""Bytes of a disk that no trial fills."""

PATIENCE = 180
"""Seconds after which a run counts as hanging."""

OF_THE_YEAR = re.compile(r"internal/(edition\.json|(release|withheld)[^/]*\.csv|[^/]+\.manifest\.json)")
"""Files of a published folder that no report's manifest lists."""


@dataclass
class Run:
    """A run as a program of its own, with a folder of its own for temporary files."""

    process: subprocess.Popen[bytes]
    world: str
    marker: str
    temporary: Path
    told: Path
    started: float = field(default_factory=time.monotonic)
    stopping: float = 0.0

    def processes(self) -> list[int]:
        """Whatever it started that still runs, itself included."""
        return marked(self.marker)

    def end(self) -> int:
        """Wait until it has ended; gives its exit code."""
        return self.process.wait(PATIENCE)

    def said(self) -> str:
        """All that it printed."""
        return self.told.read_text("utf-8", "replace")

    @property
    def seconds(self) -> float:
        """How long ago it was started."""
        return time.monotonic() - self.started


@dataclass
class Project:
    """A small project in a folder, and how often it was run; `seen` are the editions that were published.

    `mixed`: reports fail in it, so that one may be older than another beside it.
    """

    root: Path
    years: Sequence[int] = YEARS
    reports: Sequence[str] = ("annual_report",)
    mixed: bool = False
    usual: float = 0.0
    runs: int = 0
    seen: set[tuple[int, str]] = field(default_factory=set)
    judged: set[Path] = field(default_factory=set)

    @property
    def output(self) -> Path:
        return self.root / "output"

    def start(self, world: str, *options: str, before: Sequence[str] = (), **popen: object) -> Run:
        """Start a run of a world's data; `before` is put before the command."""
        self.runs += 1
        marker = uuid.uuid4().hex
        temporary = self.root / f"temporary-{self.runs}"
        temporary.mkdir()
        told = self.root / f"said-{self.runs}.txt"
        asked = [
            *before, sys.executable, "-m", "asf_analysis.cli", "run",
            *(part for year in self.years for part in ("--year", str(year))),
            *(part for name in self.reports for part in ("--notebook", name)),
            "--data", str(self.root / world), "--output", str(self.output), *options,
        ]  # fmt: skip
        surroundings = {
            **os.environ,
            MARKER: marker,
            "TMPDIR": str(temporary),
            "JUPYTER_RUNTIME_DIR": str(temporary / "jupyter"),
            "PYTHONPATH": os.pathsep.join([str(ROOT), *os.environ.get("PYTHONPATH", "").split(os.pathsep)]),
        }
        with told.open("wb") as place:
            process = subprocess.Popen(
                asked, cwd=self.root, env=surroundings, stdin=subprocess.DEVNULL, stdout=place, stderr=place,
                start_new_session=True, **popen,
            )  # fmt: skip
        return Run(process, world, marker, temporary, told)

    def carry_out(self, world: str, *options: str) -> Run:
        """Run to the end."""
        run = self.start(world, *options)
        run.end()
        return run

    def staged(self) -> list[Path]:
        """The folders that runs work in, now."""
        return sorted(self.output.glob(f"{STAGING}*"))

    def worlds(self) -> dict[str, str | None]:
        """Of which world each published report tells, by year and name."""
        return {
            f"{year}/{name}": world
            for year in published_years(self.output)
            for name, (world, _) in read_edition(self.output / str(year)).items()
        }


def make_project(
    root: Path,
    years: Sequence[int] = YEARS,
    reports: Sequence[str] = ("annual_report",),
    *,
    mixed: bool = False,
) -> Project:
    """Write a small project, and publish the first edition, of world A."""
    (root / "notebooks").mkdir(parents=True)
    cards = nbformat.read(ROOT / "notebooks" / "annual_report.ipynb", as_version=4).cells[4]
    assert "kpi_cards" in cards.source
    for name, kept in CELLS.items():
        notebook = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
        notebook.cells = [*(cell for cell in notebook.cells[:kept] if "kpi_cards" not in cell.source), cards]
        nbformat.write(notebook, root / "notebooks" / f"{name}.ipynb")
    for world, target in WORLDS.items():
        data = root / world
        others = [path.name for path in (ROOT / "data" / "raw").iterdir() if path.is_dir()]
        unread = {*others} - {str(year) for year in years}
        shutil.copytree(ROOT / "data", data, ignore=shutil.ignore_patterns(*unread))
        lines = (data / "targets.csv").read_text("utf-8-sig")
        changed, number = re.subn(r"(?m)^(\d{4};participants;[^;]*;[^;]*;)\d+;", rf"\g<1>{target};", lines)
        assert number >= len(years)
        (data / "targets.csv").write_text(changed, "utf-8-sig")
    project = Project(root, years, reports, mixed)
    first = project.carry_out("A")
    assert first.process.returncode == 0, first.said()
    project.usual = first.seconds
    assert faults_left_over(project, first) + faults_published(project) == []
    return project


def put_sleeping_cell(project: Project) -> Path:
    """Let the notebook that is run first sleep in a cell, once; gives the file that is there when it does."""
    sign = project.root / "sleeps"
    sleep = f"sign = Path({str(sign)!r})\nsign.exists() or (sign.touch(), time.sleep(60))"
    cell = nbformat.v4.new_code_cell(f"import time\nfrom pathlib import Path\n{sleep}")
    for name in project.reports:
        place = project.root / "notebooks" / f"{name}.ipynb"
        notebook = nbformat.read(place, as_version=4)
        notebook.cells.insert(1, cell)
        nbformat.write(notebook, place)
    return sign


def read_edition(folder: Path) -> dict[str, tuple[str | None, list[str]]]:
    """Give the world that each report of a published folder tells of, and what is wrong with it."""
    found: dict[str, tuple[str | None, list[str]]] = {}
    for file in sorted((folder / "internal").glob("*.manifest.json")):
        manifest = read_manifest(file)
        if manifest is None:
            found[file.name] = (None, [f"{file} is no manifest"])
            continue
        target = manifest.kpis["participants"].target
        world = next((name for name, amount in WORLDS.items() if amount == target), None)
        faults = [] if world else [f"{file} tells the target {target}"]
        faults += [
            f"{folder / one.file} is not what the manifest lists"
            for one in manifest.documents
            if not is_as_published(one, folder)
        ]
        page = BeautifulSoup((folder / f"{manifest.report}.html").read_bytes(), "html.parser").get_text()
        told = {name for name, amount in WORLDS.items() if format_number(amount) in page}
        faults += [] if told == {world} else [f"{manifest.report}.html tells {told}, its manifest {world}"]
        found[manifest.report] = (world, faults)
    return found


def faults_of_edition(folder: Path, *, mixed: bool = False) -> list[str]:
    """Say what keeps a published folder from being a whole edition, of one world unless it may be `mixed`."""
    reports = read_edition(folder)
    faults = [fault for _, some in reports.values() for fault in some]
    if not reports:
        faults.append(f"{folder} holds no report")
    if len({world for world, _ in reports.values()}) > 1 and not mixed:
        faults.append(f"{folder} is mixed: { {name: world for name, (world, _) in reports.items()} }")
    listed = {
        one.file
        for file in (folder / "internal").glob("*.manifest.json")
        if (manifest := read_manifest(file))
        for one in manifest.documents
    }
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    faults += [
        f"{folder / name} belongs to no report" for name in there - listed if not OF_THE_YEAR.fullmatch(name)
    ]
    if EDITION_FILE not in there or not edition_time(folder):
        faults.append(f"{folder} does not say when it was published")
    return faults


def faults_published(project: Project) -> list[str]:
    """Say what is wrong with what a reader finds: each year's folder, those in the archive, and the index."""
    faults: list[str] = []
    for year in published_years(project.output):
        folder = project.output / str(year)
        faults += faults_of_edition(folder, mixed=project.mixed)
        found = audit_folder(folder, beside=years_beside(folder))
        faults += [f"{folder}: the audit says {finding}" for finding in found.findings]
        project.seen.add((year, edition_time(folder)))
    for year in project.years:
        for folder in sorted((project.output / "archive" / str(year)).glob("*")):
            if folder not in project.judged:
                faults += faults_of_edition(folder, mixed=project.mixed)
                project.seen.add((year, edition_time(folder)))
                project.judged.add(folder)
    return faults + _faults_of_index(project.output)


def _faults_of_index(output: Path) -> list[str]:
    page = output / "index.html"
    if not page.exists():
        return [f"{page} is gone"]
    text = page.read_text("utf-8")
    if not text.rstrip().endswith("</html>"):
        return [f"{page} is not whole"]
    links = [link["href"] for link in BeautifulSoup(text, "html.parser").find_all("a", href=True)]
    return [f"{page} leads to {href}, which is not there" for href in links if not _leads(output, href)]


def _leads(output: Path, href: str) -> bool:
    return href.startswith(("#", "mailto:", "http")) or (output / href.partition("#")[0]).exists()


def faults_of_archive(project: Project) -> list[str]:
    """Say which edition that was published at some time is neither published nor kept now."""
    kept = {
        (year, edition_time(folder))
        for year in project.years
        for folder in (
            project.output / str(year),
            *(project.output / "archive" / str(year)).glob("*"),
        )
    }
    return [f"the edition {year} of {time} is lost" for year, time in sorted(project.seen - kept)]


def faults_left_over(project: Project, *runs: Run) -> list[str]:
    """Say what these runs left: processes, temporary files, working folders, a note of who holds the lock."""
    faults: list[str] = []
    for run in runs:
        if not eventually(lambda run=run: run.processes() == [], SECONDS_TO_END):
            faults.append(f"processes are left: {[_command_of(one) for one in run.processes()]}")
        left = [path.relative_to(run.temporary).as_posix() for path in run.temporary.rglob("*")]
        faults += [f"a temporary file is left: {name}" for name in left if name != "jupyter"]
    faults += [f"{folder} is left" for folder in project.staged()]
    holder = project.output / ".lock-holder.json"
    return faults + ([f"{holder} is left"] if holder.exists() else [])


def _command_of(process: int) -> str:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode()[:120]
    except OSError:
        return str(process)


def faults_after(project: Project, run: Run) -> list[str]:
    """Say what is wrong after a run ended or was killed, before and after the next one, which repeats it."""
    faults: list[str] = []
    if not eventually(lambda: run.processes() == [], SECONDS_TO_END):
        faults.append(f"processes are left: {[_command_of(one) for one in run.processes()]}")
    faults += faults_published(project)
    if {int(name[:4]) for name in project.worlds()} != {*project.years}:
        faults.append(f"of {project.years} only {sorted(project.worlds())} are published")
    following = project.carry_out(run.world)
    if following.process.returncode != 0:
        faults.append(f"the next run ended with {following.process.returncode}: {following.said()}")
    faults += faults_left_over(project, run, following) + faults_published(project)
    faults += faults_of_archive(project)
    if {*project.worlds().values()} != {run.world}:
        faults.append(f"the next run of {run.world} left {project.worlds()}")
    if not faults:
        forget(run, following)
    return faults


def forget(*runs: Run) -> None:
    """Remove what runs said and the folders for their temporary files."""
    for run in runs:
        shutil.rmtree(run.temporary)
        run.told.unlink()


def next_world(project: Project) -> str:
    """Name the world that is not published."""
    [world] = {*project.worlds().values()}
    return other(world)


def other(world: str | None) -> str:
    """Name the other world."""
    return "B" if world == "A" else "A"


def kill_at(run: Run, moment: Callable[[], object], how: signal.Signals = signal.SIGKILL) -> bool:
    """Send a signal to the run's own process when a moment has come; False where it ended before."""
    while not moment():
        if run.process.poll() is not None:
            return False
        time.sleep(MOMENT)
    if run.process.poll() is not None:
        return False
    asked = time.monotonic()
    run.process.send_signal(how)
    run.end()
    run.stopping = time.monotonic() - asked
    return True


def after_seconds(seconds: float) -> Callable[[], bool]:
    """A moment so many seconds from now."""
    until = time.monotonic() + seconds
    return lambda: time.monotonic() > until


def publishing(project: Project, then: float = 0) -> Callable[[], bool]:
    """The moment, or so many seconds after it, when a run has begun to write the new edition of a year."""
    begun: list[float] = []

    def moment() -> bool:
        if not begun and any((folder / "new").exists() for folder in project.staged()):
            begun.append(time.monotonic())
        return bool(begun) and time.monotonic() >= begun[0] + then

    return moment


def exchanging(project: Project, then: float = 0) -> Callable[[], bool]:
    """The moment, or so many seconds after it, when the first edition of a run is about to change places."""

    def moment() -> bool:
        if not any((folder / REPLACED).exists() for folder in project.staged()):
            return False
        time.sleep(then)
        return True

    return moment


def begun(project: Project) -> bool:
    """Whether a run holds the output folder."""
    return (project.output / ".lock-holder.json").exists()


FILE_CALLS = "mkdir,rmdir,unlink,unlinkat,fsync,sendfile,copy_file_range,rename,renameat,renameat2"
"""The system calls by which a run changes what lies on the disk."""

RENAMES = "rename,renameat,renameat2"
"""The system calls by which a run publishes."""


def counted_calls(project: Project, world: str, calls: str) -> int:
    """Count some system calls of a whole run's own process."""
    list_of_calls = project.root / "calls.txt"
    run = project.start(world, "--force", before=_strace(str(list_of_calls), calls))
    assert run.end() == 0, run.said()
    forget(run)
    return len(re.findall(r"(?m)^[a-z0-9_]+\(", list_of_calls.read_text()))


def killed_in_call(project: Project, world: str, calls: str, which: int) -> Run:
    """Run until the first, second … of some system calls, and be killed as it begins."""
    kill = ("-e", f"inject={calls}:signal=KILL:when={which}")
    run = project.start(world, "--force", before=(*_strace("/dev/null", calls), *kill))
    run.end()
    return run


def _strace(told: str, calls: str) -> tuple[str, ...]:
    return ("strace", "-qq", "-o", told, "-e", f"trace={calls}")


def warm_process(run: Run) -> int | None:
    """The process that a run's other ones are forked from."""
    for one in _children(run.process.pid):
        if "workers.warm" in _command_of(one):
            return one
    return None


def kernels(project: Project, run: Run) -> Iterator[int]:
    """Give each kernel of a run of one worker as soon as it is forked: the second child of the warm process.

    A kernel's connection file is written before it is forked, in the working folder of its report.
    """
    known: set[Path] = set()
    while run.process.poll() is None:
        for folder in _reports_begun(project):
            warm = warm_process(run)
            if folder in known or warm is None or not (folder / "kernel.json").exists():
                continue
            forked = sorted(_children(warm), key=_started)
            if len(forked) >= 2:
                known.add(folder)
                yield forked[-1]
        time.sleep(MOMENT)


def _reports_begun(project: Project) -> list[Path]:
    """The working folders of reports; none where they are being cleared away."""
    try:
        return [*project.output.glob(f"{STAGING}*/report-*")]
    except FileNotFoundError:
        return []


def _children(process: int) -> list[int]:
    try:
        told = Path(f"/proc/{process}/task/{process}/children").read_text()
    except OSError:
        return []
    return [int(one) for one in told.split()]


def _started(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19])
    except OSError:
        return 0


def kill(process: int) -> bool:
    """Kill a process; False where it has ended already."""
    try:
        os.kill(process, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def failed_reports(run: Run, project: Project) -> dict[str, str]:
    """Give the reports that a run says have failed, by year and name, and why: told in its own manifest."""
    newest = max((project.output / "log" / "runs").glob("*.json"))
    told = json.loads(newest.read_text("utf-8"))["reports"]
    titles = {"Årsrapport": "annual_report", "Jämställdhet": "gender_equality"}
    return {
        f"{one['year']}/{titles[one['title'].rpartition(' ')[0]]}": one["reason"]
        for one in told
        if one["status"] == "misslyckades"
    }


def faults_of_kernel_kill(project: Project, run: Run, killed: int) -> list[str]:
    """Say what is wrong with a run whose kernels were killed: code, message, and what else it published.

    One that was killed before the first cell is started anew, so that its report need not fail.
    """
    faults: list[str] = []
    failed = failed_reports(run, project)
    if run.process.returncode != (1 if failed else 0) or len(failed) > killed:
        faults.append(f"{killed} kernels died: exit code {run.process.returncode}, {failed}; {run.said()}")
    for name, reason in failed.items():
        year, report = name.split("/")
        kept = project.output / "failed" / f"{report}-{year}-public.ipynb"
        if f"{report}.ipynb" not in run.said() or str(kept) not in run.said() or str(kept) not in reason:
            faults.append(f"the message does not say where {kept} is: {run.said()}")
        try:
            nbformat.validate(nbformat.read(kept, as_version=4))
        except Exception as error:  # noqa: BLE001 - whatever it is, the notebook cannot be opened
            faults.append(f"{kept} cannot be opened: {error!r}")
    expected = {name: other(run.world) if name in failed else run.world for name in project.worlds()}
    if project.worlds() != expected:
        faults.append(f"{failed} failed, and {project.worlds()} are published")
    return faults + faults_spoken(run)


def faults_spoken(run: Run) -> list[str]:
    """Say whether a run spoke to people as programs do."""
    return [f"a traceback: {run.said()}"] if "Traceback" in run.said() else []


def faults_of_warm_kill(project: Project, run: Run) -> list[str]:
    """Say what is wrong with a run whose warm process was killed: it is done without, or says what failed."""
    failed = failed_reports(run, project)
    faults = faults_left_over(project, run) + faults_spoken(run)
    if run.process.returncode != (1 if failed else 0):
        faults.append(f"the warm process died: exit code {run.process.returncode}, {failed}; {run.said()}")
    if any(reason not in run.said() for reason in failed.values()):
        faults.append(f"it does not say why: {failed}; {run.said()}")
    return faults


def faults_of_stop(project: Project, run: Run, how: signal.Signals) -> list[str]:
    """Say what is wrong with how a run ended that was asked to stop, at once."""
    faults = faults_left_over(project, run) + faults_spoken(run)
    if run.process.returncode != 128 + how:
        faults.append(f"{how.name} ended it with {run.process.returncode}: {run.said()}")
    if "Avbrutet." not in run.said():
        faults.append(f"it does not say that it was stopped: {run.said()}")
    slow = run.stopping > SECONDS_TO_STOP
    return faults + ([f"it took {run.stopping:.1f} s to stop"] if slow else [])


def can_mount(place: Path) -> bool:
    """Whether this user may make a small file system in memory."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    place.mkdir(parents=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "none", place], capture_output=True, check=False
    )
    if made.returncode == 0:
        subprocess.run(["umount", place], check=True)
    place.rmdir()
    return made.returncode == 0


@contextmanager
def small_disk(place: Path) -> Iterator[Callable[[int], None]]:
    """Put a small disk in a folder's place; gives a function that leaves so many bytes free on it."""
    place.mkdir(parents=True, exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64m", "none", place], check=True)

    def leave(free: int) -> None:
        told = os.statvfs(place)
        size = (told.f_blocks - told.f_bfree) * told.f_frsize + free
        subprocess.run(["mount", "-o", f"remount,size={size}", place], check=True)

    try:
        yield leave
    finally:
        subprocess.run(["umount", "--lazy", place], check=True)


def no_large_file(most: int) -> Callable[[], None]:
    """Give what lets a process write no file of more bytes, where no small disk can be made."""
    import resource  # there is none on Windows

    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))


def faults_of_full_disk(run: Run) -> list[str]:
    """Say what is wrong with how a run ended whose disk was full."""
    said = run.said()
    faults = faults_spoken(run)
    if run.process.returncode != 1 or "frigör plats" not in said.lower():
        faults.append(f"a full disk ended it with {run.process.returncode}: {said}")
    return faults + (["it says that the tool is at fault"] if "inte är ditt" in said else [])


def faults_of_small_disk(project: Project, leave: Callable[[int], None], free: int) -> list[str] | None:
    """Run with so many bytes free, and again with room enough; say what is wrong with either.

    Gives nothing where that was room enough.
    """
    leave(free)
    run = project.carry_out(next_world(project))
    fitted = run.process.returncode == 0
    faults = faults_left_over(project, run) + ([] if fitted else faults_of_full_disk(run))
    leave(ENOUGH)
    faults += faults_after(project, run)
    return None if fitted and not faults else faults


def meet(project: Project, world: str, *, wait: bool, apart: float) -> list[str]:
    """Start two runs of both worlds so many seconds apart; say what is wrong with how they got on."""
    options = ("--wait", "--force") if wait else ("--force",)
    first = project.start(world, *options)
    time.sleep(apart)
    second = project.start(other(world), *options)
    codes = {first.end(): first, second.end(): second}
    faults = faults_left_over(project, first, second) + faults_spoken(first) + faults_spoken(second)
    faults += faults_published(project) + faults_of_archive(project)
    said = {one.world: one.said() for one in (first, second)}
    if wait:
        waited = [one for one in (first, second) if "Väntar på en annan körning" in one.said()]
        if len(waited) != 1 or {*codes} != {0}:
            faults.append(f"they ended with {[*codes]}, and {len(waited)} waited: {said}")
        last = waited[0] if waited else second
    else:
        last, refused = codes.get(0, first), codes.get(75, second)
        named = (f"process {last.process.pid} av", "den började nyss")
        if {*codes} != {0, 75} or not any(one in refused.said() for one in named):
            faults.append(f"they ended with {[*codes]}: {said}")
    if {*project.worlds().values()} != {last.world}:
        faults.append(f"the last was of {last.world}, and {project.worlds()} are published")
    if not faults:
        forget(first, second)
    return faults
