"""An archive over several machines with Ray Data: one process a processor, each with one pipeline.

The partitions of the archive are the rows of a Ray dataset, and a pool of actors works on them; what one does is
`casualty_extract.engines_partitions.extract_partition`. All machines must have this library, and must see the input
and the output folder under the same paths. Needs the extra `ray`.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Mapping, Sequence
from typing import Any

from casualty_extract.engines import checked_columns, checked_options, extract_row
from casualty_extract.engines_folders import Partition, Summary, open_folder, summary, sweep
from casualty_extract.engines_partitions import extract_partition
from casualty_extract.errors import ArgumentError, CasualtyExtractError, MissingPackageError, OutputError
from casualty_extract.pipeline import load
from casualty_extract.records import Article

__all__ = ["Summary", "run"]


def run(
    inputs: Sequence[str],
    out: str,
    *,
    columns: Mapping[str, str] | None = None,
    options: Mapping[str, Any] | None = None,
    jobs: int | None = None,
    resume: bool = False,
) -> Summary:
    """Extract the claims of an archive with Ray.

    Joins the cluster that `RAY_ADDRESS` names or that was started on this machine, or starts Ray on this machine
    alone. A process that is killed is started again, and its partition too; a document that ends its process twice
    is set down as a failure. A run that was stopped goes on with ``resume=True``: partitions that are done stay.

    Args:
        inputs: files, folders and patterns: Parquet, JSON Lines, and what the readers know.
        out: the folder that gets one Parquet file a partition, of
            `casualty_extract.engines_folders.part_schema`, and a `manifest.json`;
            `casualty_extract.engines_folders.read_outcomes` reads them in the order of the archive.
        columns: which column or key holds what, as in `casualty_extract.engines.extract_batches`.
        options: arguments of `casualty_extract.load`, as there.
        jobs: how many processes work at most; one a processor where it is None.
        resume: whether a run that the folder holds goes on; else it is refused.

    Returns:
        How many documents there were, how many came to nothing, and how many claims were found.

    Raises:
        MissingPackageError: ray or pyarrow is not installed.
        ArgumentError: an argument cannot be used.
        InputError: an input is missing or cannot be read.
        OutputError: the folder holds something else, a run that is not to go on, or one with another configuration or
            of other inputs; or a partition could not be written or finished.
    """
    ray = _need_ray()
    if jobs is not None and jobs < 1:
        raise ArgumentError("jobs", jobs, "a number above 0")
    known = {"columns": checked_columns(columns), "options": checked_options(options)}
    if known["options"]:
        # A pipeline that cannot be made is told here and now, and not by every worker.
        load(**known["options"])
    todo = open_folder(out, inputs, known, resume=resume)
    if todo:
        _spread(ray, todo, os.path.abspath(out), known, jobs)
        # A process that was killed could not clear up behind it.
        sweep(out)
    return summary(out)


class _Worker:
    """What an actor does; the pipeline is made once, before the first partition arrives."""

    def __init__(self, out: str, known: dict[str, Any]) -> None:
        self.out, self.columns, self.options = out, known["columns"], known["options"]
        extract_row(Article(text="Gunmen killed 12 people."), self.options)

    def __call__(self, batch: dict[str, Any]) -> dict[str, list[str]]:
        problems = []
        for line in batch["partition"]:
            try:
                extract_partition(Partition.from_json(str(line)), self.out, self.columns, self.options)
                problems.append("")
            except CasualtyExtractError as error:
                # The others go on; the driver tells of it at the end.
                problems.append(str(error))
        return {"problem": problems}


def _spread(ray: Any, partitions: list[Partition], out: str, known: dict[str, Any], jobs: int | None) -> None:
    started = _join(ray)
    try:
        processors = max(int(ray.cluster_resources().get("CPU", 1)), 1)
        most = min(jobs or processors, len(partitions))
        rows = [{"partition": partition.to_json()} for partition in partitions]
        # A block a partition, so that whoever is free takes the next one.
        data = ray.data.from_items(rows, override_num_blocks=len(rows)).map_batches(
            _Worker,
            fn_constructor_args=(out, known),
            batch_size=1,
            compute=ray.data.ActorPoolStrategy(size=most, max_tasks_in_flight_per_actor=1),
            num_cpus=1,
        )
        problems = sorted({row["problem"] for row in data.iter_rows()} - {""})
    except ray.exceptions.RayError as error:
        told = str(error).strip().splitlines()
        raise OutputError(
            f"Ray gave up: {told[-1] if told else type(error).__name__}; resume goes on", target=out
        ) from error
    finally:
        if started:
            ray.shutdown()
    if problems:
        raise OutputError(f"{len(problems)} partitions failed; the first: {problems[0]}", target=out)


def _join(ray: Any) -> bool:
    """Join a cluster or start one; tell whether this process is to end it."""
    if ray.is_initialized():
        return False
    ray.init(log_to_driver=False, logging_level=logging.ERROR)
    return True


def _need_ray() -> Any:
    # Ray tells its makers of each use otherwise; this library does not speak to the network on its own.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        import ray.data
    except ImportError as error:
        raise MissingPackageError("ray", extra="ray", purpose="to spread an archive over machines") from error
    # What it notes of its own workings is no business of the one who runs this.
    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.ERROR)
    ray.data.DataContext.get_current().enable_progress_bars = False
    return ray
