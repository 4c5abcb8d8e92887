"""First floor: pure functions of the pipeline. A step imports no other step, no Prefect and no disk."""
